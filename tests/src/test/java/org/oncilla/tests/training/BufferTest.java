package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Buffer;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** State of modules that is no parameter. */
class BufferTest {
  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    assertThat(backend.pool().statistics().liveBytes()).isZero();
    backend.close();
  }

  /** Passes its input on and counts the batches it saw in training. */
  private static final class BatchCounter extends Module {
    private Buffer batches;

    @Override
    protected Shape build(BuildContext context, Shape input) {
      batches = context.buffer("batches", Shape.of(1), Initializers.zeros());
      return input;
    }

    @Override
    public Tensor forward(Tensor input) {
      Tensor count = valueOf(batches);
      if (isTraining()) {
        input.backend().elementwise().affine(count.span(), 1, 1, count.span(), false);
        count.markWritten();
      }
      return input;
    }

    @Override
    public ModuleConfig config() {
      return ModuleConfig.of("BatchCounter", Map.of());
    }
  }

  private static Module net() {
    return new Sequential(new Flatten(), new BatchCounter(), new Linear(10));
  }

  private static double count(Module model) {
    return model.buffers().get(0).value().item();
  }

  @Test
  void isSavedRestoredAndCountedApart() {
    Checkpoint checkpoint;
    try (Module model = net();
        Trainer trainer = Nets.trainer(model, backend).build()) {
      trainer.fit(Nets.digits(64).batches(8), Nets.digits(64).batches(8), 2);
      assertThat(count(model)).isEqualTo(16);
      assertThat(model.buffers()).extracting(Buffer::name).containsExactly("1.batches");
      assertThat(model.summary().parameters()).isEqualTo(650);
      assertThat(model.summary().buffers()).isEqualTo(1);
      assertThat(model.summary().toString()).containsPattern("buffers +1\n");
      assertThat(model.parameters().find("1.batches")).isNull();
      checkpoint = trainer.checkpoint();
    }
    assertThat(checkpoint.tensors().get("1.batches").values()).containsExactly(16);
    try (Module model = net();
        Trainer trainer = Nets.trainer(model, backend).resume(checkpoint).build()) {
      trainer.fit(Nets.digits(64).batches(8), null, 3);
      assertThat(count(model)).isEqualTo(24);
    }
  }

  @Test
  void anEpochThatFailsIsUndone() {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            if (progress.epoch() == 2) {
              throw new IllegalStateException("enough");
            }
          }
        };
    try (Module model = net();
        Trainer trainer =
            Nets.trainer(model, backend, () -> new Sgd(0.1)).listener(failing).build()) {
      assertThatThrownBy(() -> trainer.fit(Nets.digits(64).batches(8), null, 2))
          .hasMessage("enough");
      assertThat(count(model)).isEqualTo(8);
    }
  }

  @Test
  void aCheckpointWithoutItDoesNotFit() {
    try (Module model = net().initialize(backend, Shape.of(1, 8, 8), 1)) {
      Checkpoint checkpoint = Checkpoints.of(model);
      checkpoint.tensors().remove("1.batches");
      assertThatThrownBy(() -> Checkpoints.restore(checkpoint, model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the checkpoint lacks the tensor 1.batches of shape [1]");
    }
  }

  @Test
  void hasNoValueBeforeTheModelIsInitializedAndAfterItIsClosed() {
    BatchCounter counter = new BatchCounter();
    assertThatThrownBy(() -> counter.forward(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "forward: this BatchCounter is part of no model that is initialized; call initialize(");
    assertThatThrownBy(counter::buffers)
        .hasMessageContaining("buffers: this BatchCounter is part of no model");
    List<Buffer> buffers;
    try (Module model = counter.initialize(backend, Shape.of(2), 1)) {
      buffers = model.buffers();
      assertThat(count(model)).isZero();
    }
    assertThatThrownBy(() -> buffers.get(0).value())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("buffer batches has no value yet; call initialize(");
  }

  @Test
  void aModelWithoutRoomForItLeavesNothingBehind() {
    try (ReferenceBackend small = new ReferenceBackend(640)) {
      assertThatThrownBy(
              () ->
                  new Sequential(new Linear(20), new BatchCounter())
                      .initialize(small, Shape.of(1), 1))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageContaining("buffer 1.batches");
      assertThat(small.pool().statistics().liveBytes()).isZero();
    }
  }
}
