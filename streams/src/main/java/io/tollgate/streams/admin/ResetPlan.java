package io.tollgate.streams.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a reset deletes.
 *
 * @param groups consumer groups that are deleted, with all their offsets
 * @param offsets topics whose offsets are deleted from a group that stays, by group
 * @param stateTopics changelogs and the like that are deleted; the one that knows what was
 *     processed comes last
 * @param emptiedTopics topics that are deleted and created again, as they were
 * @param directories local state that is deleted
 * @param warnings what whoever resets should know
 */
public record ResetPlan(
    List<String> groups,
    Map<String, Set<String>> offsets,
    List<String> stateTopics,
    List<String> emptiedTopics,
    List<Path> directories,
    List<String> warnings) {

  public ResetPlan {
    groups = List.copyOf(groups);
    offsets = Map.copyOf(offsets);
    stateTopics = List.copyOf(stateTopics);
    emptiedTopics = List.copyOf(emptiedTopics);
    directories = List.copyOf(directories);
    warnings = List.copyOf(warnings);
  }

  /** Whether there is nothing to delete. */
  public boolean isEmpty() {
    return groups.isEmpty()
        && offsets.isEmpty()
        && stateTopics.isEmpty()
        && emptiedTopics.isEmpty()
        && directories.isEmpty();
  }
}
