package org.oncilla.formats;

import java.nio.ByteBuffer;

/**
 * Types of a safetensors file's values that can be read as floats. Values of 64 bits are rounded to
 * the nearest float; all others are kept exactly, but for I32 and U32 beyond 2^24, which are
 * rounded too.
 */
enum ElementType {
  F64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return halfToFloat(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  I32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  U32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  I16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  U16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  I8(1) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U8(1) {
    @Override
    float read(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  BOOL(1) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  };

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_EXPONENT_MASK = 0x1F;
  private static final int HALF_FRACTION_MASK = 0x3FF;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int FLOAT_INFINITY = 0x7F800000;

  /** What the exponents' biases, 127 and 15, differ by. */
  private static final int BIAS_DIFFERENCE = 112;

  private final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** Bytes of one value. */
  int size() {
    return size;
  }

  /** Takes the next value from little-endian bytes. */
  abstract float read(ByteBuffer bytes);

  /** The value of IEEE 754 binary16 bits; the JDK has this from version 20 on. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> HALF_FRACTION_BITS & HALF_EXPONENT_MASK;
    int fraction = half & HALF_FRACTION_MASK;
    if (exponent == 0) {
      // Zero or subnormal: the fraction counts steps of 2^-24.
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int shifted = fraction << FLOAT_FRACTION_BITS - HALF_FRACTION_BITS;
    int magnitude =
        exponent == HALF_EXPONENT_MASK
            ? FLOAT_INFINITY | shifted
            : exponent + BIAS_DIFFERENCE << FLOAT_FRACTION_BITS | shifted;
    return Float.intBitsToFloat(sign | magnitude);
  }
}
