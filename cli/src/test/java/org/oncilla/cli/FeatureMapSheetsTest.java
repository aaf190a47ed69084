package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.cli.drawing.BarChart;
import org.oncilla.cli.drawing.ColorMap;
import org.oncilla.cli.drawing.Drawing;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.cli.drawing.UnitSheet;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Which layer's output becomes which kind of picture. */
class FeatureMapSheetsTest {
  private static List<Map.Entry<NamedModule, Drawing>> sheets(List<String> classes) {
    try (Backend backend = Backends.open("cpu");
        Module model =
            new Sequential(
                    new Conv2d(3, 3),
                    new Tanh(),
                    new Conv2d(2, 2),
                    new ReLU(),
                    new Flatten(),
                    new Linear(6),
                    new Tanh(),
                    new Linear(4))
                .initialize(backend, Shape.of(1, 7, 7), 1);
        Scope scope = Scope.open()) {
      Tensor input = Tensor.uniform(backend, Shape.of(1, 1, 7, 7), 1, 0, -1, 1);
      return List.copyOf(FeatureMapSheets.of(model, input, "image 3", classes).entrySet());
    }
  }

  @Test
  void mapsAreTilesUnitsSquaresAndAnswersBars() {
    List<Map.Entry<NamedModule, Drawing>> sheets = sheets(List.of("a", "b", "c", "d"));
    assertThat(sheets.stream().map(Map.Entry::getKey).map(NamedModule::toString))
        .containsExactly("1 Tanh", "3 ReLU", "6 Tanh", "7 Linear");
    TileSheet signed = (TileSheet) sheets.get(0).getValue();
    assertThat(signed.title()).isEqualTo("Layer 1 (Tanh): output for image 3");
    assertThat(signed.scale().map()).isEqualTo(ColorMap.DIVERGING);
    assertThat(signed.scale().min()).isEqualTo(-signed.scale().max());
    assertThat(signed.captions()).containsExactly("0", "1", "2");
    TileSheet positive = (TileSheet) sheets.get(1).getValue();
    assertThat(positive.scale().map()).isEqualTo(ColorMap.SEQUENTIAL);
    assertThat(sheets.get(2).getValue()).isInstanceOf(UnitSheet.class);
    assertThat(sheets.get(3).getValue()).isInstanceOf(BarChart.class);
  }

  /** Outputs that are no scores of classes are units as others are. */
  @Test
  void outputsWithoutNamesAreSquares() {
    assertThat(sheets(List.of("a", "b")).get(3).getValue()).isInstanceOf(UnitSheet.class);
  }
}
