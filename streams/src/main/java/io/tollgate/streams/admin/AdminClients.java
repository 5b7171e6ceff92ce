package io.tollgate.streams.admin;

import io.tollgate.streams.config.TollgateConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Admin clients that answer, or give up, while someone is waiting. */
public final class AdminClients {

  // A broker that is there answers in milliseconds; Kafka's minute looks like a hang.
  private static final String API_TIMEOUT_MS = "10000";
  private static final String REQUEST_TIMEOUT_MS = "5000";

  private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

  private AdminClients() {}

  /**
   * Opens an admin client.
   *
   * @throws AdminException if its settings name no broker, or are refused
   */
  public static Admin open(TollgateConfig config) {
    Map<String, Object> settings = new HashMap<>(config.adminClient());
    settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      if (isWrongSetting(e)) {
        throw new AdminException("Kafka refuses a setting: " + rootMessage(e), e);
      }
      throw new AdminException(
          "No connection to %s: %s".formatted(config.bootstrapServers(), rootMessage(e)), e);
    }
  }

  /**
   * The result of a question to the brokers.
   *
   * @param purpose what it was for, as in "Listing topics"
   * @throws AdminException if there is none
   */
  static <T> T await(KafkaFuture<T> future, String purpose) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(purpose, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(purpose + " was interrupted", e);
    }
  }

  static AdminException failure(String purpose, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new AdminException(
          purpose + ": no broker answers; is Kafka running, and is bootstrap.servers right?",
          cause);
    }
    if (cause instanceof AuthenticationException) {
      return new AdminException(
          "%s: the broker does not accept the credentials: %s"
              .formatted(purpose, rootMessage(cause)),
          cause);
    }
    if (cause instanceof AuthorizationException) {
      return new AdminException(
          "%s is not permitted: %s".formatted(purpose, rootMessage(cause)), cause);
    }
    return new AdminException("%s failed: %s".formatted(purpose, rootMessage(cause)), cause);
  }

  /**
   * Whether a client refused its settings; host names that mean nothing, which Kafka reports in the
   * same way, are a problem of reach.
   */
  public static boolean isWrongSetting(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigException) {
        return !String.valueOf(cause.getMessage()).contains(UNRESOLVABLE);
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
