package io.tollgate.cli.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tollgate.cli.CommandRun;
import io.tollgate.streams.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The compose file and the image's build file, without an engine: names that refer to each other,
 * settings that somebody reads, listeners on loopback.
 */
class ComposeTest {

  private static final Path ROOT = Path.of("..");

  private final Map<String, Object> compose = compose();
  private final Map<String, Map<String, Object>> services = mapOfMaps(compose, "services");

  @Test
  void shouldRunOneNodeByDefaultAndThreeOnRequest() {
    assertThat(services).containsKeys("kafka-1", "kafka-2", "kafka-3", "topics", "tollgate-1");
    assertThat(services.entrySet())
        .filteredOn(service -> !service.getValue().containsKey("profiles"))
        .extracting(Map.Entry::getKey)
        .containsExactly("kafka-1", "topics", "tollgate-1");
    services.forEach(
        (name, service) -> assertThat(strings(service, "profiles")).as(name).isSubsetOf("cluster"));
  }

  @Test
  void shouldPinImagesAndBuildOursFromTheRepository() {
    services.forEach(
        (name, service) -> {
          assertThat(String.valueOf(service.get("image"))).as(name).matches(".+:.+");
          Map<String, Object> build = map(service, "build");
          if (!build.isEmpty()) {
            assertThat(ROOT.resolve(String.valueOf(build.get("dockerfile")))).exists();
          }
        });
    assertThat(String.valueOf(service("kafka-1").get("image")))
        .isEqualTo("apache/kafka:" + kafkaVersion());
  }

  @Test
  void shouldPublishOnLoopbackOnlyAndEachPortOnce() {
    List<String> published = new ArrayList<>();
    services.forEach(
        (name, service) ->
            strings(service, "ports")
                .forEach(
                    port -> {
                      assertThat(port).as(name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
                      published.add(port.substring(0, port.lastIndexOf(':')));
                    }));

    assertThat(published).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void shouldWaitForServicesThatExistAndCanBeWaitedFor() {
    services.forEach(
        (name, service) ->
            mapOfMaps(service, "depends_on")
                .forEach(
                    (dependency, how) -> {
                      assertThat(services).as(name).containsKey(dependency);
                      if ("service_healthy".equals(how.get("condition"))) {
                        assertThat(map(service(dependency), "healthcheck"))
                            .as("%s waits for the health of %s", name, dependency)
                            .containsKey("test");
                      }
                    }));
  }

  @Test
  void shouldDeclareTheVolumesThatItMounts() {
    Map<String, Object> volumes = map(compose, "volumes");
    services.forEach(
        (name, service) ->
            strings(service, "volumes")
                .forEach(
                    volume ->
                        assertThat(volumes)
                            .as(name)
                            .containsKey(volume.substring(0, volume.indexOf(':')))));
  }

  @Test
  void shouldSetOnlyWhatTollgateReads() {
    Map<String, String> environment = new TreeMap<>();
    services.values().forEach(service -> environment.putAll(environment(service, "TOLLGATE_")));
    Matcher image = Pattern.compile("(TOLLGATE_[A-Z_]+)=(\\S+)").matcher(read("docker/Dockerfile"));
    while (image.find()) {
      environment.put(image.group(1), image.group(2));
    }

    assertThat(environment).containsKeys("TOLLGATE_BOOTSTRAP_SERVERS", "TOLLGATE_HTTP_LISTENER");
    assertThatCode(() -> ConfigLoader.load(null, environment, Map.of())).doesNotThrowAnyException();
  }

  @Test
  void shouldSetOnlyWhatABrokerReads() {
    services.forEach(
        (name, service) ->
            environment(service, "KAFKA_")
                .keySet()
                .forEach(
                    variable ->
                        assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
                            .as("%s of %s", variable, name)
                            .contains(
                                variable
                                    .substring("KAFKA_".length())
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '.'))));
  }

  @Test
  void shouldCreateTopicsWithACommandThatExists() {
    List<String> words = new ArrayList<>(strings(service("topics"), "command"));
    words.add("--help");

    assertThat(CommandRun.of(words.toArray(String[]::new)).exitCode()).isZero();
  }

  @Test
  void shouldBuildTheImageFromTheModuleWithoutABroker() {
    String dockerfile = read("docker/Dockerfile");

    assertThat(dockerfile)
        .contains("-pl cli -am", "cli/target/lib/*.jar", "USER tollgate")
        .containsPattern("FROM eclipse-temurin:\\d+\\.\\S+-jre-");
    assertThat(read("docker/tollgate")).contains("io.tollgate.cli.Tollgate");
  }

  private Map<String, Object> service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  /** As compose would, with the defaults of its variables. */
  private static Map<String, Object> compose() {
    String text = read("docker-compose.yml").replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file), UTF_8);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static String kafkaVersion() {
    Matcher version = Pattern.compile("<kafka.version>(.+?)<").matcher(read("pom.xml"));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static Map<String, String> environment(Map<String, Object> service, String prefix) {
    Map<String, String> environment = new TreeMap<>();
    map(service, "environment")
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                environment.put(name, String.valueOf(value));
              }
            });
    return environment;
  }

  @SuppressWarnings("unchecked") // YAML has no types; a wrong one fails the test
  private static Map<String, Object> map(Map<String, Object> parent, String name) {
    return (Map<String, Object>) Objects.requireNonNullElse(parent.get(name), Map.of());
  }

  @SuppressWarnings("unchecked") // see above
  private static Map<String, Map<String, Object>> mapOfMaps(
      Map<String, Object> parent, String name) {
    return (Map<String, Map<String, Object>>)
        Objects.requireNonNullElse(parent.get(name), Map.of());
  }

  @SuppressWarnings("unchecked") // see above
  private static List<String> strings(Map<String, Object> parent, String name) {
    return (List<String>) Objects.requireNonNullElse(parent.get(name), List.of());
  }
}
