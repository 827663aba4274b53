/// The 64-bit generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
///
/// Its stream is the same in every language, which is why fixtures and the demonstration data use it.
///
/// ```swift
/// var random = SplitMix64(seed: 42)
/// random.next()    // 13679457532755275413
/// ```
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// The counter; two generators with equal state yield equal streams.
  public var state: UInt64

  /// Creates a generator from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mix(state)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func unit() -> Double { SplitMix64.unit(next()) }

  /// An approximately standard normal number: the sum of 12 units less 6 (Irwin-Hall).
  ///
  /// Only additions are used, so that the bits do not depend on any mathematical library.
  public mutating func normal() -> Double {
    var sum = 0.0
    for _ in 0..<12 { sum += unit() }
    return sum - 6
  }

  /// Maps 64 bits to [0, 1) by their upper 53.
  public static func unit(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  /// The finaliser of the generator: a bijection of 64 bits that scatters every input bit.
  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Random bits that are a function of a key and a counter, not of a position in a stream.
///
/// Two tasks that use the same keys see the same bits in whatever order and on whatever thread they
/// run: sampling is keyed by (seed, period, horizon, repeat, row key) this way.
///
/// ```swift
/// let stream = CounterStream(seed: 7, 2015, 3)
/// stream.bits(rowKey)
/// ```
public struct CounterStream: Hashable, Sendable {
  /// The digest of the seed and the keys.
  public let key: UInt64

  /// Creates a stream from a seed and any number of further keys; their order matters.
  public init(seed: UInt64, _ keys: UInt64...) {
    key = keys.reduce(SplitMix64.mix(seed &+ 0x9E37_79B9_7F4A_7C15)) {
      SplitMix64.mix(($0 ^ SplitMix64.mix($1 &+ 0x9E37_79B9_7F4A_7C15)) &+ 0xD1B5_4A32_D192_ED03)
    }
  }

  /// The 64 bits that belong to a counter.
  @inlinable
  public func bits(_ counter: UInt64) -> UInt64 {
    SplitMix64.mix(SplitMix64.mix(counter &+ 0x9E37_79B9_7F4A_7C15) ^ key)
  }

  /// The number in [0, 1) that belongs to a counter.
  @inlinable
  public func unit(_ counter: UInt64) -> Double { Double(bits(counter) >> 11) * 0x1p-53 }
}
