package io.tollgate.example.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.gate.AccessDecision;
import io.tollgate.events.BlockReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "VERIFICATION_REQUIRED, false, 403, organization_not_verified",
    "ACCOUNT_SUSPENDED,     false, 403, account_suspended",
    "INSUFFICIENT_CREDIT,   false, 402, credit_balance_exhausted",
    "INSUFFICIENT_CREDIT,   true,  402, in_flight_budget_exhausted",
    "SPEND_LIMIT_REACHED,   false, 429, spend_limit_exceeded",
    "UNPRICED_MODEL,        false, 404, model_not_available",
  })
  void shouldTellOfADenial(BlockReason reason, boolean retryable, int status, String code) {
    ApiException error =
        ApiException.denied(new AccessDecision(reason, "Do that.", null, retryable));

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.body())
        .hasToString(
            """
            {"error":{"message":"Do that.","type":"invalid_request_error","param":null,"code":"%s"}}"""
                .formatted(code));
  }
}
