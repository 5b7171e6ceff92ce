package io.tollgate.simulator.model;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The model's options with the decline codes of the test resources. */
public final class ModelOptions {
  private ModelOptions() {}

  public static Options fromResources() {
    return Options.defaults(resource("declines.csv"));
  }

  static Path resource(String name) {
    URL url = ModelOptions.class.getResource(name);
    if (url == null) {
      throw new IllegalStateException("no resource " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
