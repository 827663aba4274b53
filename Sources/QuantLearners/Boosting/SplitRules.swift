/// What a split must satisfy and how it is valued, in quanta of gradients and hessians.
///
/// With gradients in units g and hessians in units h, the value of a node is
/// g² / h x T(G)² / (H + λ / h), where T shrinks towards 0 by l1 / g (Chen and Guestrin, "XGBoost", 2016,
/// equation 7, without the factor of one half, as in LightGBM). Leaving g² / h out changes no order.
struct SplitRules: Hashable, Sendable {
  /// Rows of a child at least.
  let minimumRows: Int
  /// Hessian quanta of a child at least; at least 1, so that no divisor is 0.
  let minimumHessian: Int64
  /// λ / h.
  let l2: Double
  /// l1 / g.
  let l1: Double
  /// The least gain in quanta.
  let minimumGain: Double

  init(_ configuration: BoostingConfiguration, gradientUnit: Double, hessianUnit: Double) {
    minimumRows = configuration.minimumRowsInLeaf
    let least = (configuration.minimumHessianInLeaf / hessianUnit).rounded(.up)
    minimumHessian = max(1, least < 0x1p62 ? Int64(least) : 1 << 62)
    l2 = configuration.l2 / hessianUnit
    l1 = configuration.l1 / gradientUnit
    minimumGain = configuration.minimumGain * hessianUnit / (gradientUnit * gradientUnit)
  }

  init(
    minimumRows: Int, minimumHessian: Int64 = 1, l2: Double = 0, l1: Double = 0,
    minimumGain: Double = 0
  ) {
    self.minimumRows = minimumRows
    self.minimumHessian = minimumHessian
    self.l2 = l2
    self.l1 = l1
    self.minimumGain = minimumGain
  }

  /// Whether a node may be a child.
  @inline(__always)
  func accepts(_ sum: NodeSum) -> Bool {
    sum.count >= minimumRows && sum.hessian >= minimumHessian
  }

  /// Whether a node may have two children.
  func isSplittable(_ sum: NodeSum) -> Bool {
    sum.count >= 2 * minimumRows && sum.hessian >= 2 * minimumHessian
  }

  /// The value of two children.
  @inline(__always)
  func gain(_ left: NodeSum, _ right: NodeSum) -> Double { value(left) + value(right) }

  /// The value that two children must exceed.
  func threshold(_ parent: NodeSum) -> Double { value(parent) + minimumGain }

  @inline(__always)
  private func value(_ sum: NodeSum) -> Double {
    let gradient = shrunk(Double(sum.gradient))
    return gradient * gradient / (Double(sum.hessian) + l2)
  }

  @inline(__always)
  func shrunk(_ gradient: Double) -> Double {
    let magnitude = max(gradient.magnitude - l1, 0)
    return gradient < 0 ? -magnitude : magnitude
  }
}

/// A split of a node, and how it compares with others.
struct SplitCandidate: Hashable, Sendable {
  /// The value of both children.
  var gain: Double
  /// The place of the feature's name among all names.
  var feature: Int
  /// The last bin of values that goes left.
  var bin: Int
  /// Whether missing values go left.
  var isMissingLeft: Bool
  /// Sums of the left child.
  var left: NodeSum

  /// Whether this candidate is better, in a total order.
  ///
  /// The larger gain decides, then the name of the feature, the side of missing values (right first) and
  /// the bin: it does not matter in which order candidates are found.
  func precedes(_ other: SplitCandidate) -> Bool {
    if gain != other.gain { return gain > other.gain }
    if feature != other.feature { return feature < other.feature }
    if isMissingLeft != other.isMissingLeft { return !isMissingLeft }
    return bin < other.bin
  }
}
