package io.hakmem.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;

/** Batches that are written and read in both formats of Arrow. */
final class RoundTripTest {

  private static final int BATCHES = 3;
  private static final int ROWS = 5000;
  private static final int EVERY_NULL = 7;

  private final HakArrowMemory memory =
      new HakArrowMemory(HakAllocator.builder().profile("THROUGHPUT"));

  private interface Writers {
    ArrowWriter over(VectorSchemaRoot root, ByteArrayOutputStream out);
  }

  private interface Readers {
    ArrowReader over(byte[] written, BufferAllocator allocator);
  }

  private static String word(int row) {
    return "word " + row;
  }

  private static void fill(BigIntVector numbers, VarCharVector words, int batch) {
    numbers.allocateNew(ROWS);
    words.allocateNew(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (row % EVERY_NULL == 0) {
        numbers.setNull(row);
      } else {
        numbers.set(row, (long) batch * ROWS + row);
      }
      words.setSafe(row, word(row).getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] written(BufferAllocator allocator, Writers writers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BigIntVector numbers = new BigIntVector("numbers", allocator);
    VarCharVector words = new VarCharVector("words", allocator);
    try (VectorSchemaRoot root = VectorSchemaRoot.of(numbers, words);
        ArrowWriter writer = writers.over(root, out)) {
      writer.start();
      for (int batch = 0; batch < BATCHES; batch++) {
        fill(numbers, words, batch);
        root.setRowCount(ROWS);
        assertOurs(root);
        writer.writeBatch();
      }
      writer.end();
    }
    return out.toByteArray();
  }

  /** Each buffer of each vector lies in our memory. */
  private void assertOurs(VectorSchemaRoot root) {
    for (FieldVector vector : root.getFieldVectors()) {
      for (ArrowBuf buffer : vector.getBuffers(false)) {
        assertThat(memory.owns(buffer.memoryAddress())).as("of %s", vector.getName()).isTrue();
      }
    }
  }

  private int readBatches(BufferAllocator allocator, byte[] written, Readers readers)
      throws IOException {
    int batches = 0;
    try (ArrowReader reader = readers.over(written, allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      for (; reader.loadNextBatch(); batches++) {
        assertThat(root.getRowCount()).isEqualTo(ROWS);
        assertOurs(root);
        BigIntVector numbers = (BigIntVector) root.getVector("numbers");
        VarCharVector words = (VarCharVector) root.getVector("words");
        for (int row = 0; row < ROWS; row++) {
          Long expected = row % EVERY_NULL == 0 ? null : Long.valueOf((long) batches * ROWS + row);
          assertThat(numbers.getObject(row)).isEqualTo(expected);
          assertThat(words.getObject(row)).hasToString(word(row));
        }
      }
    }
    return batches;
  }

  private void roundTrip(Writers writers, Readers readers) throws IOException {
    try (memory;
        BufferAllocator root = memory.newRoot(Long.MAX_VALUE)) {
      byte[] written = written(root, writers);
      assertThat(readBatches(root, written, readers)).isEqualTo(BATCHES);
      assertThat(memory.stats().liveBytes()).isZero();
    }
  }

  @Test
  void stream_writtenAndRead_isTheSameInOurMemory() throws IOException {
    roundTrip(
        (root, out) -> new ArrowStreamWriter(root, null, out),
        (written, allocator) ->
            new ArrowStreamReader(new ByteArrayInputStream(written), allocator));
  }

  @Test
  void file_writtenAndRead_isTheSameInOurMemory() throws IOException {
    roundTrip(
        (root, out) -> new ArrowFileWriter(root, null, Channels.newChannel(out)),
        (written, allocator) ->
            new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(written), allocator));
  }
}
