/// What a split must satisfy and how it is valued, in quanta of gradients and hessians.
///
/// With gradients in units g and hessians in units h, the value of a node is
/// g² / h x T(G)² / (H + λ / h), where T shrinks towards 0 by l1 / g (Chen and Guestrin, "XGBoost", 2016,
/// equation 7, without the factor of one half, as in LightGBM). Leaving g² / h out changes no order.
/// Where outputs are smoothed or bounded (`usesOutputs`), a node is worth what its output gains.
struct SplitRules: Hashable, Sendable {
  /// Rows of a child at least.
  var minimumRows: Int
  /// Hessian quanta of a child at least; at least 1, so that no divisor is 0.
  var minimumHessian: Int64
  /// λ / h.
  let l2: Double
  /// l1 / g.
  let l1: Double
  /// The least gain in quanta.
  let minimumGain: Double
  /// Rows for which the output of a parent counts.
  var smoothing = 0.0
  /// Whether outputs are not the best ones: they are smoothed, or bounded by constraints.
  var usesOutputs = false
  /// Whether one threshold a feature, drawn at random, is looked at.
  var isRandomThreshold = false
  var categories = CategoryRules()

  init(_ configuration: BoostingConfiguration, gradientUnit: Double, hessianUnit: Double) {
    minimumRows = configuration.minimumRowsInLeaf
    let least = (configuration.minimumHessianInLeaf / hessianUnit).rounded(.up)
    minimumHessian = max(1, least < 0x1p62 ? Int64(least) : 1 << 62)
    l2 = configuration.l2 / hessianUnit
    l1 = configuration.l1 / gradientUnit
    minimumGain = configuration.minimumGain * hessianUnit / (gradientUnit * gradientUnit)
    smoothing = configuration.pathSmoothing
    usesOutputs = configuration.pathSmoothing > 0 || !configuration.monotoneConstraints.isEmpty
    isRandomThreshold = configuration.isRandomThreshold
    categories = CategoryRules(configuration, hessianUnit: hessianUnit)
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

  /// Whether numbers can be compared as in `ScanLanes`, by sums alone.
  var isPlain: Bool { !usesOutputs && !isRandomThreshold }

  /// The rules for the children of a node, whose rows are counted by their hessians.
  ///
  /// A child counts as many rows as its share of the node's hessian stands for, rounded: leaves of rows
  /// that are nearly decided need more of them, those of undecided rows fewer. LightGBM counts in this
  /// way to save memory; it also predicts better than true counts. Equal hessians give true counts.
  func within(_ node: NodeSum) -> SplitRules {
    var rules = self
    let mean = Double(node.hessian) / Double(max(1, node.count))
    let least = ((Double(minimumRows) - 0.5) * mean).rounded(.up)
    rules.minimumHessian = max(minimumHessian, least < 0x1p62 ? Int64(least) : 1 << 62)
    rules.minimumRows = 1
    return rules
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
  func gain(_ left: NodeSum, _ right: NodeSum, addedL2: Double = 0) -> Double {
    value(left, addedL2: addedL2) + value(right, addedL2: addedL2)
  }

  /// The value of two children below a node, or `nil` where their outputs are in the wrong order.
  func gain(
    _ left: NodeSum, _ right: NodeSum, below node: NodeOutput, direction: MonotoneDirection,
    addedL2: Double = 0
  ) -> Double? {
    guard usesOutputs else { return gain(left, right, addedL2: addedL2) }
    let (first, second) = (
      output(left, addedL2: addedL2, below: node), output(right, addedL2: addedL2, below: node)
    )
    switch direction {
    case .increasing where first > second, .decreasing where first < second: return nil
    default:
      return gain(left, output: first, addedL2: addedL2)
        + gain(right, output: second, addedL2: addedL2)
    }
  }

  /// The value that two children must exceed.
  func threshold(_ sum: NodeSum, _ output: NodeOutput) -> Double {
    let value = usesOutputs ? gain(sum, output: output.value, addedL2: 0) : value(sum, addedL2: 0)
    return value + minimumGain
  }

  /// What a child would add to the score as a leaf.
  func output(_ sum: NodeSum, addedL2: Double, below node: NodeOutput) -> Double {
    outputs.output(
      gradient: Double(sum.gradient), hessian: Double(sum.hessian), count: sum.count,
      addedL2: addedL2, below: node)
  }

  /// How sums become outputs, in quanta.
  var outputs: OutputRule { OutputRule(l1: l1, l2: l2, smoothing: smoothing) }

  private func gain(_ sum: NodeSum, output: Double, addedL2: Double) -> Double {
    outputs.gain(
      gradient: Double(sum.gradient), hessian: Double(sum.hessian), addedL2: addedL2,
      value: output)
  }

  @inline(__always)
  private func value(_ sum: NodeSum, addedL2: Double) -> Double {
    let gradient = shrunk(Double(sum.gradient))
    return gradient * gradient / (Double(sum.hessian) + l2 + addedL2)
  }

  @inline(__always)
  func shrunk(_ gradient: Double) -> Double {
    let magnitude = max(gradient.magnitude - l1, 0)
    return gradient < 0 ? -magnitude : magnitude
  }
}

/// How splits on categories are looked for.
struct CategoryRules: Hashable, Sendable {
  /// Categories that go one way at most.
  var maximum = 32
  /// Added to λ where sets of categories are split, in quanta.
  var l2 = 0.0
  /// Added to the hessians by which categories are ordered, in quanta.
  var smoothing = 0.0
  /// Rows that a category of a node needs to take part.
  var leastRows = 0.0
  /// Rows of a group of categories at least.
  var minimumRows = 1

  init() {}

  init(_ configuration: BoostingConfiguration, hessianUnit: Double) {
    maximum = configuration.maximumSplitCategories
    l2 = configuration.categoryL2 / hessianUnit
    smoothing = configuration.categorySmoothing / hessianUnit
    leastRows = configuration.categorySmoothing
    minimumRows = configuration.minimumRowsInCategory
  }
}
