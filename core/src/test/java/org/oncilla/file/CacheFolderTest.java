package org.oncilla.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void theCacheIsWhereTheSystemKeepsCaches() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(CacheFolder.choose(null, null)).isEqualTo(home.resolve(".cache/oncilla"));
    assertThat(CacheFolder.choose(null, "")).isEqualTo(home.resolve(".cache/oncilla"));
    assertThat(CacheFolder.choose(null, "relative")).isEqualTo(home.resolve(".cache/oncilla"));
    assertThat(CacheFolder.choose(null, "/xdg")).isEqualTo(Path.of("/xdg/oncilla"));
  }

  @Test
  void aNamedFolderIsTakenAsItIs() {
    assertThat(CacheFolder.choose("/mine", "/xdg")).isEqualTo(Path.of("/mine"));
    assertThat(CacheFolder.choose(" mine ", null)).isEqualTo(Path.of("mine"));
    assertThat(CacheFolder.choose(" ", "/xdg")).isEqualTo(Path.of("/xdg/oncilla"));
  }
}
