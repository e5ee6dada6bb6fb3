package com.example.arrow;

import io.hakmem.HakAllocator;
import io.hakmem.arrow.HakArrowMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Writes a column of numbers in Arrow's stream format, and reads it back. */
public final class RoundTrip {

  private static final int NUMBERS = 1000;
  private static final long MOST_BYTES = 16 << 20;

  private RoundTrip() {}

  /** Prints how many numbers came back, and where they lay. */
  public static void main(String[] arguments) throws IOException {
    try (HakArrowMemory memory =
            new HakArrowMemory(
                HakAllocator.builder()
                    .profile("THROUGHPUT")
                    .set("HAKMEM_MEMORY_LIMIT", Long.toString(MOST_BYTES)));
        BufferAllocator root = memory.newRoot(MOST_BYTES)) {
      byte[] stream = written(root);
      try (ArrowStreamReader reader =
          new ArrowStreamReader(new ByteArrayInputStream(stream), root)) {
        reader.loadNextBatch();
        IntVector read = (IntVector) reader.getVectorSchemaRoot().getVector("number");
        int right = 0;
        for (int i = 0; i < read.getValueCount(); i++) {
          right += read.get(i) == i ? 1 : 0;
        }
        System.out.printf(
            "read %d numbers, all in memory of HAKMEM: %s%n",
            right, memory.owns(read.getDataBufferAddress()));
      }
    }
  }

  private static byte[] written(BufferAllocator root) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (IntVector numbers = new IntVector("number", root)) {
      numbers.allocateNew(NUMBERS);
      for (int i = 0; i < NUMBERS; i++) {
        numbers.set(i, i);
      }
      numbers.setValueCount(NUMBERS);
      try (VectorSchemaRoot batch =
              new VectorSchemaRoot(List.of(numbers.getField()), List.of(numbers));
          ArrowStreamWriter writer = new ArrowStreamWriter(batch, null, stream)) {
        writer.start();
        writer.writeBatch();
        writer.end();
      }
    }
    return stream.toByteArray();
  }
}
