package io.tollgate.example.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

  @TempDir private Path directory;

  @Test
  void shouldFindAKeyByItsHash() throws IOException {
    // What sha256sum says of "secret".
    ApiKeys keys =
        read("k1 acme 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b\n");

    assertThat(keys.find("secret")).contains(new ApiKeys.ApiKey("k1", "acme"));
    assertThat(keys.find("other")).isEmpty();
  }

  @Test
  void shouldNotRepeatALineThatMayHoldAKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("# keys\nk1 acme secret\n"))
        .withMessageEndingWith("keys:2 is not 'KEY-ID ACCOUNT SHA-256'");
  }

  @Test
  void shouldRefuseAKeyOfTwoAccounts() {
    String hash = ApiKeys.hash("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("k1 acme %s\nk2 other %s\n".formatted(hash, hash)))
        .withMessageEndingWith("keys:2 has a key twice");
  }

  private ApiKeys read(String lines) throws IOException {
    return ApiKeys.read(Files.writeString(directory.resolve("keys"), lines));
  }
}
