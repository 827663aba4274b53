// Docs/Formats/boosting-model.md describes the file that these constants belong to.

/// The layout of a model file.
enum ModelFile {
  static let magic = Array("quantGBM".utf8)
  static let version: UInt32 = 2
  /// Everything before the names.
  static let headerBytes = 48
  static let splitBytes = 49
  static let leafBytes = 24
  static let checksumBytes = 8

  /// What a split is, as bits of a byte.
  enum SplitBits {
    static let isCategorical: UInt8 = 1
    static let isMissingLeft: UInt8 = 2
    static let isZeroMissing: UInt8 = 4
  }

  /// How scores add up, as bits of a byte.
  enum RuleBits {
    static let isAveraged: UInt8 = 1
    static let isSinglePrecision: UInt8 = 2
  }

  /// The number of an objective in files.
  static func code(_ objective: BoostingObjectiveName) -> UInt8 {
    switch objective {
    case .binary: 0
    case .regression: 1
    case .quantile: 2
    case .lambdaRank: 3
    case .pairwise: 4
    case .custom: 5
    }
  }

  /// The objective of a number.
  static func objective(_ code: UInt8) -> BoostingObjectiveName? {
    BoostingObjectiveName.allCases.first { Self.code($0) == code }
  }

  /// The number of a link in files, and its slope, which is 0 where there is none.
  static func code(_ link: ScoreLink) -> (UInt8, slope: Double) {
    switch link {
    case .identity: (0, 0)
    case .logistic(let slope): (1, slope)
    case .exponential: (2, 0)
    }
  }

  /// The link of a number, whose slope must be finite, above 0, and given for a logistic alone.
  static func link(_ code: UInt8, slope: Double) -> ScoreLink? {
    switch code {
    case 0 where slope == 0: .identity
    case 1 where slope.isFinite && slope > 0: .logistic(slope: slope)
    case 2 where slope == 0: .exponential
    default: nil
    }
  }
}
