package com.example.micrometer;

import io.hakmem.HakAllocator;
import io.hakmem.micrometer.HakmemMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Prints what Prometheus gets from a program with an allocator. */
public final class Scrape {

  private Scrape() {}

  /** Allocates a block, and prints one scrape. */
  public static void main(String[] arguments) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (HakAllocator allocator = HakAllocator.builder().profile("THROUGHPUT").build();
        HakmemMetrics metrics = new HakmemMetrics(allocator, "images")) {
      metrics.bindTo(registry);
      long block = allocator.allocate(1000);
      System.out.print(registry.scrape());
      allocator.free(block);
    }
  }
}
