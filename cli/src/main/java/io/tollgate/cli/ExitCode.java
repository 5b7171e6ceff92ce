package io.tollgate.cli;

/** Every code with which the command ends, and what it means. */
public enum ExitCode {
  OK(0, "Done, and what was checked holds."),
  FAILURE(1, "An unexpected failure, or a check that does not hold."),
  USAGE(2, "Wrong usage, or input that cannot be read."),
  UNREACHABLE(3, "Kafka cannot be reached."),
  TOPICS(4, "Topics are missing, or not as they must be."),
  SETTINGS(5, "A setting is missing or wrong."),
  UNKNOWN_ACCOUNT(6, "There is no such account."),
  INSTANCES_RUN(7, "Instances of the pipeline run that would have to be stopped first."),
  PIPELINE_FAULT(10, "The pipeline met a fault of its own and stopped."),
  OFFSETS_WENT_BACK(11, "Offsets of an input topic went back; going on would apply records twice."),
  PARTITION_COUNT_CHANGED(12, "The partition count is not the one the state was built with.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What the process returns. */
  public int code() {
    return code;
  }

  /** What it means, in a sentence. */
  public String meaning() {
    return meaning;
  }
}
