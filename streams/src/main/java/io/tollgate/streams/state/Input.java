package io.tollgate.streams.state;

import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import org.jspecify.annotations.Nullable;

/** The inputs of an account task that bear events of accounts; the code is part of the state. */
public enum Input {
  USAGE_EVENTS(0),
  AUTHORIZATION_REQUESTS(1),
  PAYMENT_EVENTS(2),
  ACCOUNT_EVENTS(3),
  CLAIM_ANSWERS(4);

  private final int code;

  Input(int code) {
    this.code = code;
  }

  public TopicSpec topic() {
    return switch (this) {
      case USAGE_EVENTS -> TopicCatalogue.USAGE_EVENTS;
      case AUTHORIZATION_REQUESTS -> TopicCatalogue.AUTHORIZATION_REQUESTS;
      case PAYMENT_EVENTS -> TopicCatalogue.PAYMENT_EVENTS;
      case ACCOUNT_EVENTS -> TopicCatalogue.ACCOUNT_EVENTS;
      case CLAIM_ANSWERS -> TopicCatalogue.CLAIM_ANSWERS;
    };
  }

  int code() {
    return code;
  }

  static Input ofCode(int code) {
    for (Input input : values()) {
      if (input.code == code) {
        return input;
      }
    }
    throw new CorruptStateException("no input has the code " + code);
  }

  /** The input with that topic name, without prefix; null if it bears no events of accounts. */
  public static @Nullable Input ofTopic(String name) {
    for (Input input : values()) {
      if (input.topic().name().equals(name)) {
        return input;
      }
    }
    return null;
  }
}
