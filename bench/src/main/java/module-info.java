/** The command line, the workloads, the peers and the whole-system tests. */
module io.hakmem.bench {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.samskivert.jmustache;
  requires HdrHistogram;
  requires info.picocli;
  requires io.hakmem.core;
  requires io.hakmem.fuzz;
  requires io.hakmem.jmh;
  requires io.netty.buffer;
  requires io.netty.common;
  requires java.compiler;
  requires java.management;
  requires java.management.rmi; // The way to another JVM's beans, found as a service.
  requires jdk.attach;
  requires jdk.jfr;
  requires jdk.unsupported; // For the peer of that name, and for JMH, which cannot require it.
  requires jmh.core;
  requires me.tongfei.progressbar;
  requires org.apache.commons.statistics.descriptive;
  requires org.lwjgl;
  requires org.lwjgl.mimalloc;
  requires org.lwjgl.mimalloc.natives; // Holds the library, as the next one does.
  requires org.lwjgl.natives;
  requires static org.jspecify;

  opens io.hakmem.bench to
      info.picocli;
  opens io.hakmem.bench.command to
      info.picocli;
  opens io.hakmem.bench.command.trace to
      info.picocli;
  opens io.hakmem.bench.option to
      info.picocli;
  opens io.hakmem.bench.trace to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.saved to
      info.picocli;
  opens io.hakmem.bench.compare to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.footprint to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.page to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.peers to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.profile to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.reproduce to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.result to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.soak to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.sweep to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.top to
      com.fasterxml.jackson.databind,
      info.picocli;
  opens io.hakmem.bench.tune to
      com.fasterxml.jackson.databind,
      info.picocli;
  opens io.hakmem.bench.turns to
      com.fasterxml.jackson.databind;
  opens io.hakmem.bench.verdict to
      com.fasterxml.jackson.databind;

  uses io.hakmem.spi.PageDirectoryProvider;
  uses io.hakmem.spi.PoolBoxProvider;
}
