package io.tollgate.system;

import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.app.PipelineFault;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a pipeline as a process of its own, so that a test can kill it: partition count, then
 * settings as {@code name=value}. Ends with the exit code of the fault that stopped it.
 */
final class PipelineMain {

  private PipelineMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      String[] setting = args[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    TollgateConfig config = ConfigLoader.load(null, Map.of(), settings);
    int exitCode;
    try (Pipeline pipeline = new Pipeline(config, Integer.parseInt(args[0]))) {
      pipeline.start(() -> true);
      exitCode = pipeline.awaitEnd().map(PipelineFault::exitCode).orElse(0);
    }
    System.exit(exitCode);
  }
}
