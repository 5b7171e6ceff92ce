package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.UsageEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Usage as OpenAI and the many that speak its API report it.
 *
 * <pre>{@code
 * usage.send(OpenAiUsage.plain().chat(response).setAccountId("acme").setModel("gpt-5"));
 * }</pre>
 *
 * <p>Each method takes the whole response and returns an event with units, tier and the model as
 * the provider names it, often a dated version: set the model as it was called. Account and
 * whatever else the gateway knows are its to set. The event has no id, and gets one when it is
 * sent: not every server of this API makes its ids unique.
 *
 * <p>Each throws {@link AdapterException} if the usage is missing (a stream that was cut has none:
 * {@link CutStream}), or if its parts do not add up to its total.
 */
public final class OpenAiUsage {

  private final Set<Modality> apart;

  private OpenAiUsage(Set<Modality> apart) {
    this.apart = apart;
  }

  /** For models that have one price for all input and one for all output. */
  public static OpenAiUsage plain() {
    return new OpenAiUsage(EnumSet.noneOf(Modality.class));
  }

  /**
   * For models that price these apart: their tokens go to the meters {@code input_audio}, {@code
   * input_audio_cached}, {@code output_audio} and so on, and the others stay where they are.
   */
  public static OpenAiUsage pricingApart(Modality first, Modality... others) {
    return new OpenAiUsage(EnumSet.of(first, others));
  }

  /** A chat completion, or the last chunk of a streamed one. */
  public UsageEvent.Builder chat(JsonNode response) {
    return read(response, "prompt_tokens", "completion_tokens");
  }

  /** A response of the Responses API, or the one inside its last streamed event. */
  public UsageEvent.Builder responses(JsonNode response) {
    return read(response, "input_tokens", "output_tokens");
  }

  /** A response with images. */
  public UsageEvent.Builder images(JsonNode response) {
    return read(response, "input_tokens", "output_tokens");
  }

  /** A response with embeddings, which has no output. */
  public UsageEvent.Builder embeddings(JsonNode response) {
    JsonFields usage = JsonFields.of(response).object("usage");
    long input = usage.count("prompt_tokens");
    usage.requireSum("total_tokens", input);
    return describe(response, new Parts(input, 0, 0, 0, Map.of()));
  }

  private UsageEvent.Builder read(JsonNode response, String inputName, String outputName) {
    JsonFields usage = JsonFields.of(response).object("usage");
    long input = usage.count(inputName);
    long output = usage.count(outputName);
    usage.requireSum("total_tokens", input, output);
    Map<String, Long> others = new HashMap<>();
    Side inputSide = input(usage.optionalObject(inputName + "_details"), input, others);
    long plainOutput = output(usage.optionalObject(outputName + "_details"), output, others);
    return describe(
        response,
        new Parts(
            inputSide.plain(), inputSide.cached(), inputSide.cacheWrite(), plainOutput, others));
  }

  private static UsageEvent.Builder describe(JsonNode response, Parts parts) {
    JsonFields fields = JsonFields.of(response);
    return Parts.describe(
        parts.charged(), fields.optionalText("model"), fields.optionalText("service_tier"));
  }

  private record Side(long plain, long cached, long cacheWrite) {}

  /** Splits the input, which includes what was read from and written to a cache. */
  private Side input(JsonFields details, long total, Map<String, Long> others) {
    long cached = details.optionalCount("cached_tokens");
    long cacheWrite = details.optionalCount("cache_write_tokens");
    details.requireWithin(total, cached, cacheWrite);
    requireModalitiesWithin(details, total);
    requireAllModalities(details, total);
    long plain = total - cached - cacheWrite;
    JsonFields ofCached = details.optionalObject("cached_tokens_details");
    requireModalitiesWithin(ofCached, cached);
    for (Modality modality : apart) {
      long all = details.optionalCount(modality.field());
      if (all > 0 && cached > 0 && !ofCached.has(modality.field())) {
        throw new AdapterException(
            "%s does not tell how many of the cached tokens are %s"
                .formatted(details.path(), modality));
      }
      long fromCache = ofCached.optionalCount(modality.field());
      details.requireWithin(all, fromCache);
      plain -= all - fromCache;
      cached -= fromCache;
      put(others, modality.inputMeter(), all - fromCache);
      put(others, modality.cachedInputMeter(), fromCache);
    }
    if (plain < 0) {
      throw new AdapterException(
          "%s: what was written to a cache was not text; it has no meter"
              .formatted(details.path()));
    }
    return new Side(plain, cached, cacheWrite);
  }

  /** Takes what is priced apart out of the output, of which reasoning is a part. */
  private long output(JsonFields details, long total, Map<String, Long> others) {
    details.requireWithin(
        total,
        details.optionalCount("reasoning_tokens"),
        details.optionalCount("rejected_prediction_tokens"));
    requireModalitiesWithin(details, total);
    long plain = total;
    for (Modality modality : apart) {
      long units = details.optionalCount(modality.field());
      plain -= units;
      put(others, modality.outputMeter(), units);
    }
    return plain;
  }

  private static void requireModalitiesWithin(JsonFields details, long total) {
    details.requireWithin(total, modalities(details));
  }

  private static long[] modalities(JsonFields details) {
    return new long[] {
      details.optionalCount("text_tokens"),
      details.optionalCount(Modality.AUDIO.field()),
      details.optionalCount(Modality.IMAGE.field())
    };
  }

  /** Only checks what is told: some servers send zeros for what they do not know. */
  private static void requireAllModalities(JsonFields details, long total) {
    if (details.optionalCount("text_tokens") > 0) {
      details.requireWhole(total, modalities(details));
    }
  }

  private static void put(Map<String, Long> others, String meter, long units) {
    if (units > 0) {
      others.put(meter, units);
    }
  }
}
