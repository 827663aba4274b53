/// Labels of one horizon, aligned with the rows of a panel.
public struct PanelLabels: Sendable {
  /// The value of `y` where the label window runs past the data.
  public static let unknown: UInt8 = 255
  /// 1 where the event is announced within the window, 0 where not, 255 where unknown.
  public let y: ArrayFile<UInt8>
  /// The day on which the label is known (`t1`), in days since 1970-01-01.
  ///
  /// It is the end of the label window plus the recording lag. Positives are held back until then as well.
  public let knownOn: ArrayFile<Int32>

  /// Creates labels from two aligned arrays.
  package init(y: ArrayFile<UInt8>, knownOn: ArrayFile<Int32>) {
    precondition(y.count == knownOn.count)
    self.y = y
    self.knownOn = knownOn
  }
}
