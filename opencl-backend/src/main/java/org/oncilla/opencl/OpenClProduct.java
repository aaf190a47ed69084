package org.oncilla.opencl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.Span;
import org.oncilla.kernels.KernelSources;

/**
 * Launches the tile kernel that matrix products and convolutions share: chooses the tile, cuts long
 * sums with few results into parts, and adds the parts.
 */
final class OpenClProduct {
  private static final int PAD = 1;

  /** Longer than any loop of tile.cl over a tile. */
  private static final int UNROLL = 64;

  private static final int FLOAT4_BYTES = 16;

  /** Groups that each compute unit should have before a sum is not cut into parts. */
  private static final int GROUPS_PER_UNIT = 2;

  /** Shortest part worth a kernel of its own to add it, in steps of TILE_K. */
  private static final int PART_STEPS = 4;

  /**
   * How a product is cut; the macros of tile.cl.
   *
   * @param m TILE_M
   * @param n TILE_N
   * @param k TILE_K
   * @param workM WORK_M
   * @param workN WORK_N
   * @param efficiency share of the device's peak that a full tile can be expected to reach: more
   *     results a work-item mean fewer reads of local memory for each multiplication
   * @param lanes LANES
   * @param single SINGLE
   */
  private record Tile(
      int m, int n, int k, int workM, int workN, double efficiency, int lanes, boolean single) {
    /** A tile that a group shares. */
    Tile(int m, int n, int k, int workM, int workN, double efficiency) {
      this(m, n, k, workM, workN, efficiency, 1, false);
    }

    int groupItems() {
      return single ? 1 : (m / workM) * (n / workN);
    }

    long localBytes() {
      return (long) k * (m / 4 + n / 4 + 2 * PAD) * FLOAT4_BYTES;
    }
  }

  /**
   * Every load pattern of tile.cl divides each of them evenly. The last two are for kernels that
   * have room for tiny groups only: their efficiency is set so that no sizes prefer them to the
   * first one.
   */
  private static final List<Tile> GROUP_TILES =
      List.of(
          new Tile(32, 32, 16, 4, 4, 0.4),
          new Tile(128, 128, 16, 8, 8, 1.0),
          new Tile(64, 128, 16, 8, 8, 0.9),
          new Tile(64, 64, 16, 4, 4, 0.65),
          new Tile(32, 128, 16, 4, 8, 0.6),
          new Tile(16, 32, 16, 4, 4, 0.19),
          new Tile(16, 16, 16, 4, 4, 0.09));

  /** Six rows of two vectors fill the registers of AVX2 and AVX-512 machines. */
  private static Tile singleTile(int lanes, double efficiency) {
    return new Tile(96, 2 * lanes, 128, 6, 2 * lanes, efficiency, lanes, true);
  }

  /** For devices that want groups and whose kernel has no room for any: slow, and works. */
  private static final Tile LAST_RESORT = singleTile(4, 0.01);

  private final OpenClRuntime runtime;
  private final String source;
  private final String family;
  private final List<Tile> tiles;
  private final Map<Variant, OpenClPrograms.ProgramKey> programs = new ConcurrentHashMap<>();

  OpenClProduct(OpenClRuntime runtime, String family) {
    this.runtime = runtime;
    this.family = family;
    this.source = KernelSources.product(family);
    tiles = tiles(runtime.profile());
  }

  private static List<Tile> tiles(LaunchProfile profile) {
    if (profile.single()) {
      return List.of(singleTile(profile.lanes(), 1.0));
    }
    Stream<Tile> groups =
        GROUP_TILES.stream()
            .filter(t -> t.groupItems() <= profile.workGroup())
            .filter(t -> t.localBytes() <= profile.localBytes());
    return Stream.concat(groups, Stream.of(LAST_RESORT)).toList();
  }

  /**
   * The sizes of a product, as tile.cl's {@code Product} explains them.
   *
   * @param dense whether C is [slices, rows, columns] without gaps, so that parts can be added
   */
  record Sizes(
      int rows,
      int columns,
      int depth,
      int slices,
      int strideAm,
      int strideCm,
      int sliceA,
      int sliceB,
      int sliceC,
      int sliceBias,
      boolean biasPerRow,
      boolean dense) {}

  /**
   * Enqueues c = epilogue(a·b).
   *
   * @param macros the family's own macros
   * @param geometry the family's own struct
   */
  void run(
      String operation,
      Sizes sizes,
      String macros,
      int[] geometry,
      Span a,
      Span b,
      Span c,
      Epilogue epilogue) {
    Tile tile = choose(sizes, macros);
    int parts = parts(sizes, tile);
    int chunk = (ceil(ceil(sizes.depth(), parts), tile.k())) * tile.k();
    int used = ceil(sizes.depth(), chunk);
    if (used == 1) {
      launch(operation, sizes, tile, macros, geometry, a, b, c, epilogue, sizes.depth(), 1);
      return;
    }
    int length = sizes.slices() * sizes.rows() * sizes.columns();
    runtime.withScratch(
        operation,
        Math.multiplyExact(length, used),
        scratch -> {
          launch(
              operation, sizes, tile, macros, geometry, a, b, scratch, Epilogue.NONE, chunk, used);
          addParts(operation, sizes, tile, macros, scratch, c, epilogue, used);
        });
  }

  private void launch(
      String operation,
      Sizes sizes,
      Tile tile,
      String macros,
      int[] geometry,
      Span a,
      Span b,
      Span c,
      Epilogue epilogue,
      int chunk,
      int parts) {
    long groups = tiles(sizes, tile) * parts;
    runtime
        .launch(operation, program(tile, macros), "product")
        .span(a)
        .span(b)
        .span(c)
        .span(epilogue.bias() == null ? c : epilogue.bias())
        .ints(product(sizes, epilogue, chunk))
        .ints(geometry)
        .enqueue(groups * tile.groupItems(), tile.groupItems());
  }

  private void addParts(
      String operation,
      Sizes sizes,
      Tile tile,
      String macros,
      Span scratch,
      Span c,
      Epilogue epilogue,
      int parts) {
    int length = sizes.slices() * sizes.rows() * sizes.columns();
    runtime
        .launch(operation, program(tile, macros), "sum_parts")
        .span(scratch)
        .span(c)
        .span(epilogue.bias() == null ? c : epilogue.bias())
        .ints(product(sizes, epilogue, sizes.depth()))
        .ints(parts)
        .ints(KernelStruct.divisorOf(sizes.columns()))
        .enqueueFlexibly(ceil(length, tile.lanes()), runtime.profile().group());
  }

  private static int[] product(Sizes sizes, Epilogue epilogue, int chunk) {
    return new KernelStruct()
        .ints(sizes.rows(), sizes.columns(), sizes.depth(), chunk, sizes.slices())
        .ints(sizes.strideAm(), sizes.strideCm())
        .ints(sizes.sliceA(), sizes.sliceB(), sizes.sliceC(), sizes.sliceBias())
        .ints(sizes.slices() * sizes.rows() * sizes.columns())
        .flag(epilogue.accumulate())
        .ints(OpenClActivation.code(epilogue.activation()))
        .ints(epilogue.bias() == null ? -1 : sizes.biasPerRow() ? 1 : 0)
        .toArray();
  }

  /** The tile with the least expected time, of those that the device has room for. */
  private Tile choose(Sizes sizes, String macros) {
    if (tiles.size() == 1) {
      return tiles.get(0);
    }
    // In order of cost, so that no kernel is built that is not needed; of equals the first.
    return tiles.stream()
        .sorted(Comparator.comparingDouble(tile -> cost(sizes, tile)))
        .filter(tile -> hasRoom(tile, macros))
        .findFirst()
        .orElse(LAST_RESORT);
  }

  /** Rounds of one tile a unit, times the time of a tile: what hangs over an edge costs too. */
  private double cost(Sizes sizes, Tile tile) {
    long rounds = ceilLong(tiles(sizes, tile), runtime.profile().units());
    return rounds * ((double) tile.m() * tile.n() / tile.efficiency());
  }

  private boolean hasRoom(Tile tile, String macros) {
    return runtime.programs().kernel(program(tile, macros), "product").largestGroup()
        >= tile.groupItems();
  }

  private static long tiles(Sizes sizes, Tile tile) {
    return (long) ceil(sizes.rows(), tile.m()) * ceil(sizes.columns(), tile.n()) * sizes.slices();
  }

  private int parts(Sizes sizes, Tile tile) {
    long wanted = (long) GROUPS_PER_UNIT * runtime.profile().units();
    long tiles = tiles(sizes, tile);
    if (!sizes.dense() || tiles >= wanted) {
      return 1;
    }
    int shortest = tile.single() ? tile.k() : PART_STEPS * tile.k();
    return (int) Math.max(1, Math.min(ceilLong(wanted, tiles), sizes.depth() / shortest));
  }

  /** What a program is built for. */
  private record Variant(Tile tile, String macros) {}

  private OpenClPrograms.ProgramKey program(Tile tile, String macros) {
    return programs.computeIfAbsent(new Variant(tile, macros), this::describe);
  }

  private OpenClPrograms.ProgramKey describe(Variant variant) {
    Tile tile = variant.tile();
    String options =
        String.format(
            Locale.ROOT,
            "-DLANES=%d -DTILE_M=%d -DTILE_N=%d -DTILE_K=%d -DWORK_M=%d -DWORK_N=%d -DPAD=%d"
                + " -DUNROLL=%d -DSINGLE=%d %s",
            tile.lanes(),
            tile.m(),
            tile.n(),
            tile.k(),
            tile.workM(),
            tile.workN(),
            PAD,
            runtime.profile().unroll() ? UNROLL : 1,
            tile.single() ? 1 : 0,
            variant.macros());
    return new OpenClPrograms.ProgramKey(family, source, options);
  }

  private static int ceil(int value, int divisor) {
    return (value - 1) / divisor + 1;
  }

  private static long ceilLong(long value, long divisor) {
    return (value - 1) / divisor + 1;
  }
}
