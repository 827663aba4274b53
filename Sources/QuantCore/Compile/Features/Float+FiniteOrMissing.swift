extension Float {
  /// The nearest float32, or NaN (always the same one) where that is not finite.
  init(finiteOrMissing value: Double) {
    let rounded = Float(value)
    self = rounded.isFinite ? rounded : .nan
  }
}
