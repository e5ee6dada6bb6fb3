package io.hakmem.bench.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachineDescriptor;
import com.sun.tools.attach.spi.AttachProvider;
import io.hakmem.bench.WorkingJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks only JVMs that the test started: others may be busy, or somebody's. */
@Tag("slow")
final class JvmsTest {

  private static VirtualMachineDescriptor jvm(String pid) {
    return new VirtualMachineDescriptor(AttachProvider.providers().getFirst(), pid, "main");
  }

  @Test
  void jvms_withAndWithoutBeans_areTold() throws IOException, InterruptedException {
    try (WorkingJvm with = new WorkingJvm(List.of(), "orders", "x,y");
        WorkingJvm without = new WorkingJvm(List.of())) {
      Jvms found = Jvms.ask(List.of(jvm(without.pid()), jvm(with.pid())));

      assertThat(found.withBeans())
          .containsExactly(new Jvms.Jvm(with.pid(), "main", List.of("x,y", "orders")));
      assertThat(found.silent()).isEmpty();
    }
  }

  @Test
  void process_thatIsNoJvm_isSilent() throws IOException, InterruptedException {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      String pid = Long.toString(other.pid());
      assertThat(Jvms.ask(List.of(jvm(pid)))).isEqualTo(new Jvms(List.of(), List.of(pid)));
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }
}
