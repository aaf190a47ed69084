package org.oncilla.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsFine() throws IOException {
    Path file = Files.createFile(folder.resolve("a.csv"));
    assertThatCode(() -> InputFile.require(file, "CSV")).doesNotThrowAnyException();
  }

  @Test
  void aRelativeNameIsLookedForInTheWorkingFolder() {
    assertThatThrownBy(() -> InputFile.require(Path.of("nope.csv"), "CSV"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            "nope.csv: looked for a CSV file at "
                + Path.of(System.getProperty("user.dir"), "nope.csv")
                + "; check the name, or give an absolute path");
  }

  @Test
  void theOutermostFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("one").resolve("two").resolve("a.csv");
    assertThatThrownBy(() -> InputFile.require(file, "CSV"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("but there is no folder " + folder.resolve("one") + "; check");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> InputFile.require(folder, "CSV"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": it is a folder; name a CSV file in it");
  }
}
