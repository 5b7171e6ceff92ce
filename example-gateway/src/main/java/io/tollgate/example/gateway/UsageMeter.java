package io.tollgate.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.adapters.AdapterException;
import io.tollgate.producers.adapters.CutStream;
import io.tollgate.producers.adapters.OpenAiStream;
import io.tollgate.producers.adapters.OpenAiUsage;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call used: as the provider tells it, or else by what has passed through here. */
final class UsageMeter {

  private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);

  private final ChatRequest request;
  private final OpenAiStream told = new OpenAiStream(OpenAiUsage.plain());
  private long outputBytes;

  UsageMeter(ChatRequest request) {
    this.request = request;
  }

  /** Takes note of an answer, or of a chunk of one. */
  void accept(JsonNode json) {
    told.accept(json);
    outputBytes +=
        Stream.of("content", "arguments")
            .flatMap(name -> json.path("choices").findValues(name).stream())
            .mapToLong(text -> text.asText("").getBytes(UTF_8).length)
            .sum();
  }

  /**
   * What to report.
   *
   * @param complete whether the client has the whole answer
   */
  UsageEvent.Builder usage(boolean complete) {
    return told()
        .orElseGet(
            () ->
                CutStream.estimate(
                    request.likelyInputTokens(), ChatRequest.likelyTokens(outputBytes)))
        .setCompletion(complete ? Completion.COMPLETE : Completion.ABORTED);
  }

  private Optional<UsageEvent.Builder> told() {
    try {
      return told.usage();
    } catch (AdapterException e) {
      LOG.warn("The provider's usage cannot be used, so it is estimated: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
