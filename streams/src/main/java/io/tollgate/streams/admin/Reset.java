package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.state.StateStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * Has an installation start anew. What it deletes it deletes in an order in which a start after a
 * reset that was broken off stops with an error, instead of building wrong books.
 */
public final class Reset {

  private final TollgateConfig config;
  private final Admin admin;
  private final Groups groups;
  private final TopicRemoval topics;

  public Reset(TollgateConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    this.groups = new Groups(admin);
    this.topics = new TopicRemoval(admin);
  }

  /** Instances of the installation that run, in words; empty if none does. */
  public List<String> runningInstances() {
    return groups.members(List.of(config.applicationId(), config.registryApplicationId()));
  }

  /** What a reset of this scope would delete. Deletes nothing. */
  public ResetPlan plan(ResetScope scope) {
    List<TopicListing> listings = new TopicAdmin(admin, config.topicNames()).list();
    Set<String> present = topics.names();
    List<String> applications = new ArrayList<>(List.of(config.applicationId()));
    if (scope.claims()) {
      applications.add(config.registryApplicationId());
    }
    Map<String, Set<String>> offsets = new HashMap<>();
    if (scope.inputs() && !scope.claims()) {
      Set<String> read = names(listings, topic -> isReference(topic));
      if (groups.hasOffsets(config.registryApplicationId(), read)) {
        offsets.put(config.registryApplicationId(), read);
      }
    }
    return new ResetPlan(
        groups.existing(applications),
        offsets,
        stateTopics(present, applications),
        List.copyOf(names(listings, topic -> isEmptied(topic, scope))),
        directories(applications),
        warnings(listings, scope));
  }

  /** Whether prices and policies are read from it. */
  private static boolean isReference(TopicSpec topic) {
    return topic.direction() == Direction.IN && topic.partitioning() == Partitioning.SINGLE;
  }

  private static boolean isEmptied(TopicSpec topic, ResetScope scope) {
    return switch (topic.direction()) {
      case OUT -> true;
      case IN -> scope.inputs();
      case INTERNAL ->
          // The clock only ever tells the time. Copies of prices go with the prices.
          (topic.equals(TopicCatalogue.REFERENCE) && scope.inputs())
              || (isOfClaims(topic) && scope.claims());
    };
  }

  private static boolean isOfClaims(TopicSpec topic) {
    return topic.equals(TopicCatalogue.CLAIM_REQUESTS)
        || topic.equals(TopicCatalogue.CLAIM_ANSWERS);
  }

  private static Set<String> names(List<TopicListing> listings, Predicate<TopicSpec> which) {
    return listings.stream()
        .filter(TopicListing::exists)
        .filter(listing -> which.test(listing.topic()))
        .map(TopicListing::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those that Kafka Streams made for these applications; the journal's last. */
  private List<String> stateTopics(Set<String> present, List<String> applications) {
    String registry = config.registryApplicationId() + "-";
    String journal = StateStores.changelog(config.applicationId(), StateStores.JOURNAL);
    return present.stream()
        .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
        .filter(
            name ->
                applications.stream().anyMatch(application -> name.startsWith(application + "-")))
        .filter(
            name ->
                !name.startsWith(registry) || applications.contains(config.registryApplicationId()))
        .sorted(Comparator.comparing((String name) -> name.equals(journal)).thenComparing(n -> n))
        .toList();
  }

  private List<Path> directories(List<String> applications) {
    return applications.stream()
        .map(application -> config.stateDirectory().resolve(application))
        .filter(Files::isDirectory)
        .toList();
  }

  private List<String> warnings(List<TopicListing> listings, ResetScope scope) {
    List<String> warnings = new ArrayList<>();
    if (!scope.inputs()) {
      Set<String> inputs =
          names(
              listings,
              topic ->
                  topic.direction() == Direction.IN
                      && topic.partitioning() == Partitioning.PER_ACCOUNT);
      Set<String> shortened = new TreeSet<>(topics.withoutTheirStart(inputs));
      if (!shortened.isEmpty()) {
        warnings.add(
            "%s no longer %s at the first record, since older ones are removed in time: the books"
                    .formatted(
                        String.join(", ", shortened), shortened.size() == 1 ? "begins" : "begin")
                + " that are built again will lack what those did, and balances will be wrong.");
      }
      warnings.add(
          "All that is written about accounts is written again, from the first record on: also"
              + " requests to recharge that were carried out long ago. Stop whoever takes money for"
              + " them before the next start, and let it begin at the end.");
    }
    warnings.add("Readers of the topics that are emptied find offsets that begin at 0 again.");
    warnings.add(
        "Other machines on which an instance ran keep state in %s: delete it there too."
            .formatted(config.stateDirectory().toAbsolutePath()));
    return warnings;
  }

  /** Deletes all of it. */
  public void execute(ResetPlan plan) {
    groups.delete(plan.groups());
    plan.offsets().forEach(groups::deleteOffsets);
    // One by one: the last knows what was processed, and stops a start without the others.
    plan.stateTopics().forEach(name -> topics.delete(List.of(name)));
    topics.empty(plan.emptiedTopics());
    plan.directories().forEach(LocalState::delete);
  }
}
