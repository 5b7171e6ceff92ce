package io.tollgate.example.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API of the provider, which speaks as OpenAI's does. */
final class ModelApi {

  /** Until the first byte of an answer; one that is not streamed begins when it is complete. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI address;
  private final @Nullable String key;

  /**
   * @param key the gateway's own at the provider; null if it needs none
   */
  ModelApi(URI address, @Nullable String key) {
    this.address = address;
    this.key = key;
  }

  HttpResponse<InputStream> ask(ChatRequest request) throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()));
    if (key != null) {
      post.header("Authorization", "Bearer " + key);
    }
    return http.send(post.build(), HttpResponse.BodyHandlers.ofInputStream());
  }
}
