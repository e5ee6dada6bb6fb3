package io.hakmem.bench.option;

import io.hakmem.bench.subject.SubjectKind;
import picocli.CommandLine.Option;

/** The option that chooses what is measured. */
public final class SubjectOption {

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      defaultValue = "hakmem",
      description = "What to measure: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private SubjectKind kind;

  public SubjectKind kind() {
    return kind;
  }
}
