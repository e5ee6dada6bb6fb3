package io.hakmem.bench;

import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.peer.SubjectKind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Measurement;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Rounds;
import io.hakmem.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A second composition that is alive while one is measured, and ran the same load before it: the
 * code that is measured was compiled for both.
 */
final class Neighbour {

  private final String profile;
  private final Workload load;
  private final Plan plan;

  Neighbour(String profile, Workload load, Plan plan) {
    this.profile = profile;
    this.load = load;
    this.plan = plan;
  }

  /** Adds what the neighbour did to the fields of what is measured beside it. */
  Map<String, Object> beside(Callable<Map<String, Object>> measured) throws Exception {
    Census census = load.census();
    try (Subject subject = SubjectKind.HAKMEM.open(profile, Map.of(), load.maxBytes());
        Rounds rounds = new Rounds(load, subject, census.calls())) {
      Measurement own = rounds.measure(plan, System.nanoTime(), 0);
      Map<String, Object> fields = new LinkedHashMap<>(measured.call());
      fields.put("beside", profile);
      fields.put("beside_rounds", own.rounds());
      fields.put("beside_steady_mops", load.ops() * 1e3 / own.medianNs());
      fields.put("beside_counters", subject.counters());
      return fields;
    }
  }
}
