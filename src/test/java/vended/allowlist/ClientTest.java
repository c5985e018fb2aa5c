package vended.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTest {
  @Test
  void itsTextForm_OmitsTheExternalId() {
    Client client =
        new Client("444455556666", "Example", "an-external-id-of-16", false, false, Map.of(), 3);

    assertThat(client.toString()).contains("444455556666", "3").doesNotContain("external-id");
  }
}
