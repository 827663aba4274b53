/// What a split asks of the code of a row; rows go left where the answer is yes.
enum BinQuestion: Hashable, Sendable {
  /// Whether the code is at most that of a bin; missing values go left where it says so.
  case atMost(bin: Int, isMissingLeft: Bool)
  /// Whether the code is one of a set of categories; missing values are never.
  case isOneOf(BinSet)

  /// Whether a row with this code goes left.
  func sendsLeft(_ code: UInt8) -> Bool {
    switch self {
    case .atMost(let bin, let isMissingLeft):
      code == BinMapper.missingCode ? isMissingLeft : Int(code) <= bin
    case .isOneOf(let set): set.contains(Int(code))
    }
  }

  /// Whether it asks for a set.
  var isSet: Bool {
    guard case .isOneOf = self else { return false }
    return true
  }

  /// Whether missing values go left.
  var isMissingLeft: Bool {
    guard case .atMost(_, let isMissingLeft) = self else { return false }
    return isMissingLeft
  }

  /// A total order of questions: missing values right first, then the lower bin, then sets.
  func precedes(_ other: BinQuestion) -> Bool {
    switch (self, other) {
    case (.atMost(let bin, let isMissingLeft), .atMost(let otherBin, let isOtherLeft)):
      isMissingLeft == isOtherLeft ? bin < otherBin : !isMissingLeft
    case (.isOneOf(let set), .isOneOf(let otherSet)): set.precedes(otherSet)
    case (.atMost, .isOneOf): true
    case (.isOneOf, .atMost): false
    }
  }
}
