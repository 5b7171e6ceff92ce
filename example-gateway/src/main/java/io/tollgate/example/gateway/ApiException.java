package io.tollgate.example.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.consumers.gate.AccessDecision;
import java.util.Objects;

/** An answer that is an error, in the shape of OpenAI's. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param message what happened and what to do, for people
   */
  ApiException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ApiException invalidRequest(String message) {
    return new ApiException(400, "invalid_request", message);
  }

  static ApiException badGateway(String message) {
    return new ApiException(502, "upstream_failed", message);
  }

  /** What a client is told of a call that may not go ahead. */
  static ApiException denied(AccessDecision denial) {
    String remedy = Objects.requireNonNull(denial.remedy());
    return switch (Objects.requireNonNull(denial.reason())) {
      case VERIFICATION_REQUIRED -> new ApiException(403, "organization_not_verified", remedy);
      case ACCOUNT_SUSPENDED -> new ApiException(403, "account_suspended", remedy);
      case INSUFFICIENT_CREDIT ->
          new ApiException(
              402,
              denial.retryable() ? "in_flight_budget_exhausted" : "credit_balance_exhausted",
              remedy);
      case SPEND_LIMIT_REACHED -> new ApiException(429, "spend_limit_exceeded", remedy);
      case UNPRICED_MODEL -> new ApiException(404, "model_not_available", remedy);
    };
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", status < 500 ? "invalid_request_error" : "api_error")
        .putNull("param")
        .put("code", code);
    return body;
  }
}
