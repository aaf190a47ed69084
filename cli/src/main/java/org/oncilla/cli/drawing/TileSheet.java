package org.oncilla.cli.drawing;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of many small ones: groups of tiles under a title, each tile enlarged by a whole number
 * without blur.
 */
public final class TileSheet implements Drawing {
  private static final int MARGIN = SheetHeader.MARGIN;
  private static final int GAP = 12;
  private static final int CAPTION = 15;
  private static final int SHEET = 1000;
  private static final int LARGEST_SHEET = 1600;
  private static final int LARGEST_TILE = 168;
  private static final int LARGEST_SINGLE = 448;
  private static final int LARGEST_ZOOM = 24;

  /** Up to here a sheet may be larger than others, for its tiles would be too small. */
  private static final int LEGIBLE_ZOOM = 4;

  private static final double ASPECT = 1.5;

  private final SheetHeader header;
  private final List<Group> groups;
  private final Layout layout;

  /**
   * Tiles that belong together, such as the kernels of a filter for each of its channels.
   *
   * @param caption stands above them; may be empty
   * @param tiles in rows, about as many rows as columns
   */
  public record Group(String caption, List<Tile> tiles) {}

  /** Pixels of everything that repeats, for one zoom. */
  private record Layout(int zoom, int tileColumns, int tileGap, Rectangle cell, int columns) {}

  /**
   * A sheet.
   *
   * @param title in bold
   * @param subtitle says more
   * @param scale whose colours are explained; null for none
   * @param groups at least one, each of as many tiles as the first, all tiles of one size
   */
  public TileSheet(String title, String subtitle, ColorScale scale, List<Group> groups) {
    this.header = new SheetHeader(title, subtitle, scale);
    this.groups = List.copyOf(groups);
    this.layout = bestLayout();
  }

  /** The largest zoom with which neither a tile nor the sheet is too large. */
  private Layout bestLayout() {
    Tile tile = groups.get(0).tiles().get(0);
    boolean single = groups.size() == 1 && groups.get(0).tiles().size() == 1;
    int largest = (single ? LARGEST_SINGLE : LARGEST_TILE) / Math.max(tile.width(), tile.height());
    for (int zoom = Math.min(LARGEST_ZOOM, largest); zoom > 1; zoom--) {
      Layout tried = layout(zoom);
      int room = zoom > LEGIBLE_ZOOM ? SHEET : LARGEST_SHEET;
      if (Math.max(width(tried), height(tried)) <= room) {
        return tried;
      }
    }
    return layout(1);
  }

  private Layout layout(int zoom) {
    List<Tile> tiles = groups.get(0).tiles();
    int tileGap = tiles.size() == 1 ? 0 : zoom * tiles.get(0).width() < 16 ? 1 : 2;
    int tileWidth = zoom * tiles.get(0).width() + tileGap;
    int tileHeight = zoom * tiles.get(0).height() + tileGap;
    int tileColumns = columns(tiles.size(), tileWidth, tileHeight, 1);
    int tileRows = ceilDiv(tiles.size(), tileColumns);
    Rectangle cell = new Rectangle(tileColumns * tileWidth, tileRows * tileHeight);
    cell.width = Math.max(cell.width, captionWidth()) + GAP;
    cell.height += GAP + captionHeight();
    int columns = columns(groups.size(), cell.width, cell.height, ASPECT);
    return new Layout(zoom, tileColumns, tileGap, cell, columns);
  }

  /** How many in a row give the proportions nearest to the wanted ones, with few places empty. */
  private static int columns(int count, int width, int height, double aspect) {
    int best = 1;
    double distance = Double.POSITIVE_INFINITY;
    for (int columns = 1; columns <= count; columns++) {
      int rows = ceilDiv(count, columns);
      double ratio = (double) columns * width / (rows * height);
      double empty = (double) (rows * columns - count) / count;
      double tried = Math.abs(Math.log(ratio / aspect)) + empty;
      if (tried < distance) {
        distance = tried;
        best = columns;
      }
    }
    return best;
  }

  private static int ceilDiv(int count, int size) {
    return (count + size - 1) / size;
  }

  private int captionWidth() {
    return groups.stream()
        .mapToInt(group -> Texts.width(Texts.SMALL, group.caption()))
        .max()
        .orElse(0);
  }

  private int captionHeight() {
    return captionWidth() == 0 ? 0 : CAPTION;
  }

  private int width(Layout of) {
    return 2 * MARGIN + Math.max(of.columns() * of.cell().width - GAP, header.width());
  }

  private int height(Layout of) {
    int rows = ceilDiv(groups.size(), of.columns());
    return header.bottom() + rows * of.cell().height - GAP + MARGIN;
  }

  /**
   * Where a tile is drawn.
   *
   * @param group counted from 0
   * @param tile within the group, counted from 0
   */
  public Rectangle place(int group, int tile) {
    Tile size = groups.get(group).tiles().get(tile);
    int width = layout.zoom() * size.width();
    int height = layout.zoom() * size.height();
    int left = MARGIN + group % layout.columns() * layout.cell().width;
    int top = header.bottom() + group / layout.columns() * layout.cell().height + captionHeight();
    return new Rectangle(
        left + tile % layout.tileColumns() * (width + layout.tileGap()),
        top + tile / layout.tileColumns() * (height + layout.tileGap()),
        width,
        height);
  }

  /** In bold. */
  public String title() {
    return header.title();
  }

  /** Says more. */
  public String subtitle() {
    return header.subtitle();
  }

  /** Whose colours are explained; null for none. */
  public ColorScale scale() {
    return header.scale();
  }

  /** Of the groups. */
  public List<String> captions() {
    return groups.stream().map(Group::caption).toList();
  }

  /** By how much tiles are enlarged. */
  public int zoom() {
    return layout.zoom();
  }

  @Override
  public BufferedImage draw() {
    BufferedImage picture =
        new BufferedImage(width(layout), height(layout), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Texts.onWhite(picture);
    try {
      header.draw(graphics);
      for (int group = 0; group < groups.size(); group++) {
        drawGroup(graphics, picture, group);
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void drawGroup(Graphics2D graphics, BufferedImage picture, int group) {
    List<Tile> tiles = groups.get(group).tiles();
    Rectangle first = place(group, 0);
    Texts.draw(graphics, Texts.SMALL, Texts.DIM, groups.get(group).caption(), first.x, first.y - 5);
    int line = Math.max(1, layout.tileGap());
    for (int tile = 0; tile < tiles.size(); tile++) {
      Rectangle place = place(group, tile);
      // A frame separates tiles from one another, and light ones from the paper.
      graphics.setColor(SheetHeader.FRAME);
      graphics.fillRect(
          place.x - line, place.y - line, place.width + 2 * line, place.height + 2 * line);
      enlarge(tiles.get(tile), picture, place);
    }
  }

  private void enlarge(Tile tile, BufferedImage picture, Rectangle place) {
    for (int y = 0; y < place.height; y++) {
      int row = y / layout.zoom() * tile.width();
      for (int x = 0; x < place.width; x++) {
        picture.setRGB(place.x + x, place.y + y, tile.rgb()[row + x / layout.zoom()]);
      }
    }
  }
}
