package io.tollgate.producers.adapters;

import java.util.Locale;

/** A kind of token that some models price apart from text. */
public enum Modality {
  AUDIO,
  IMAGE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Field of a provider's details that counts them, cached ones included. */
  String field() {
    return word + "_tokens";
  }

  String inputMeter() {
    return "input_" + word;
  }

  String cachedInputMeter() {
    return "input_" + word + "_cached";
  }

  String outputMeter() {
    return "output_" + word;
  }
}
