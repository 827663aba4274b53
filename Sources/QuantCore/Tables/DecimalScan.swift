// Decimals to Float32, correctly rounded.
//
// A decimal is taken apart into an integer of up to 19 significant digits and a power of ten. The
// integer, the power and their product in Double are each off by half a unit in the last place at
// most, and digits that were cut off by a hundredth, so the product is off by less than 4 units.
// Rounding it once more to Float gives the correctly rounded result unless it lies within 4 units of
// the midpoint between two floats; 16 leave a margin. There, and for subnormal results, the exact
// conversion of the standard library decides; about one field in 16 million needs it.
//
// The idea is Clinger's ("How to read floating point numbers accurately", 1990), with the guard
// against double rounding in place of his exactness conditions.

/// The parts of a decimal number at the start of some bytes.
package struct DecimalScan {
  /// Up to 19 leading significant digits.
  package var mantissa: UInt64 = 0
  /// The power of ten that scales `mantissa`.
  package var exponent = 0
  /// Whether there is a minus sign.
  package var isNegative = false
  /// Whether digits other than 0 were cut off `mantissa`.
  package var isTruncated = false
  /// The first byte after the number, or the start where there is no number.
  package var end: Int

  /// Takes the longest decimal number that starts at `start`: digits with an optional sign, point
  /// and exponent; at least one digit before or after the point.
  @inline(__always)
  package init(_ bytes: Span<UInt8>, from start: Int, to limit: Int) {
    end = start
    var index = start
    if index < limit {
      let byte = bytes[index]
      if byte == UInt8(ascii: "-") {
        isNegative = true
        index &+= 1
      } else if byte == UInt8(ascii: "+") {
        index &+= 1
      }
    }
    let firstDigit = index
    while index < limit {
      let digit = bytes[index] &- 48
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
      index &+= 1
    }
    var digits = index &- firstDigit
    if index < limit, bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      let firstDecimal = index
      while index < limit {
        let digit = bytes[index] &- 48
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
        index &+= 1
      }
      let decimals = index &- firstDecimal
      digits &+= decimals
      exponent = 0 &- decimals
    }
    if digits == 0 { return }
    if digits > 19 { rescan(bytes, firstDigit..<index) }
    end = index
    if index < limit, bytes[index] | 0x20 == UInt8(ascii: "e") { scanExponent(bytes, limit) }
  }

  /// Fills `mantissa` from more digits than fit, skipping leading zeros.
  @inline(never)
  private mutating func rescan(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    mantissa = 0
    exponent = 0
    var significant = 0
    var isFraction = false
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      if significant < 19 {
        mantissa = mantissa * 10 + UInt64(byte - 48)
        if mantissa != 0 { significant += 1 }
        if isFraction { exponent -= 1 }
      } else {
        if byte != 48 { isTruncated = true }
        if !isFraction { exponent += 1 }
      }
    }
  }

  /// Takes an exponent at `end`, where a complete one stands there.
  @inline(never)
  private mutating func scanExponent(_ bytes: Span<UInt8>, _ limit: Int) {
    var index = end + 1
    var isMinus = false
    if index < limit, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isMinus = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let firstDigit = index
    var power = 0
    while index < limit, (48...57).contains(bytes[index]) {
      // Beyond a million the result is 0 or infinite whatever the digits say.
      power = min(power * 10 + Int(bytes[index] - 48), 1_000_000_000)
      index += 1
    }
    guard index > firstDigit else { return }
    exponent += isMinus ? -power : power
    end = index
  }

  /// The number as a Float, or NaN where only the exact conversion can tell, or it is too large.
  @inline(__always)
  package func quickValue(_ powersOfTen: Span<Double>) -> Float {
    var magnitude: Float
    if exponent == 0, !isTruncated {
      magnitude = Float(mantissa)
    } else if mantissa == 0 {
      magnitude = 0
    } else {
      let place = exponent &+ 64
      guard place >= 0, place < powersOfTen.count else { return .nan }
      let digits = mantissa <= UInt64(Int64.max) ? Double(Int64(mantissa)) : Double(mantissa)
      let wide = digits * powersOfTen[place]
      // Float has 29 bits less; the midpoint between two floats has the upper one of them set.
      let distance = (wide.bitPattern & 0x1FFF_FFFF) &- (0x1000_0000 &- 16)
      guard distance > 32, wide >= 0x1p-125, wide < 0x1p128 else { return .nan }
      magnitude = Float(wide)
      if magnitude == .infinity { return .nan }
    }
    return isNegative ? -magnitude : magnitude
  }

  /// The number whose text is `bytes[range]`, rounded once; infinite where it exceeds Float32.
  ///
  /// The range must hold exactly what this scan took.
  @inline(never)
  package func exactValue(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Float {
    var text = String()
    text.reserveCapacity(range.count)
    for index in range { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return Float(text) ?? .nan
  }

  /// 10^-64 … 10^64, each correctly rounded; index 64 is 1.
  package static let powersOfTen: [Double] = [
    1e-64, 1e-63, 1e-62, 1e-61, 1e-60, 1e-59, 1e-58, 1e-57, 1e-56, 1e-55, 1e-54, 1e-53, 1e-52,
    1e-51, 1e-50, 1e-49, 1e-48, 1e-47, 1e-46, 1e-45, 1e-44, 1e-43, 1e-42, 1e-41, 1e-40, 1e-39,
    1e-38, 1e-37, 1e-36, 1e-35, 1e-34, 1e-33, 1e-32, 1e-31, 1e-30, 1e-29, 1e-28, 1e-27, 1e-26,
    1e-25, 1e-24, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19, 1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13,
    1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3,
    1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35, 1e36,
    1e37, 1e38, 1e39, 1e40, 1e41, 1e42, 1e43, 1e44, 1e45, 1e46, 1e47, 1e48, 1e49, 1e50, 1e51, 1e52,
    1e53, 1e54, 1e55, 1e56, 1e57, 1e58, 1e59, 1e60, 1e61, 1e62, 1e63, 1e64,
  ]
}
