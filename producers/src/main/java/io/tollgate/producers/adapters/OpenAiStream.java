package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.UsageEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one streamed chat completion, found in the chunks as they pass. It comes with the
 * last one, if the request asked for it ({@code stream_options.include_usage}) and nobody cut the
 * stream.
 *
 * <p>Serves one call, and one thread at a time.
 */
public final class OpenAiStream {

  private final OpenAiUsage reader;
  private @Nullable JsonNode last;

  /**
   * @param reader how the model prices its tokens
   */
  public OpenAiStream(OpenAiUsage reader) {
    this.reader = reader;
  }

  /** Takes note of a chunk, the object behind {@code data:}. */
  public void accept(JsonNode chunk) {
    if (chunk.hasNonNull("usage")) {
      last = chunk;
    }
  }

  /**
   * The event, once the provider has told the usage; empty if the stream ended without: then report
   * {@link CutStream#estimate}.
   *
   * @throws AdapterException if the usage does not add up
   */
  public Optional<UsageEvent.Builder> usage() {
    return Optional.ofNullable(last).map(reader::chat);
  }
}
