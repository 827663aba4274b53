import QuantCore
import QuantFormats
import QuantTestSupport
import Testing

/// Writes files of every kind for `Fixtures/check_numpy.py`, which opens them with NumPy.
@Suite("Files for NumPy")
struct NumPyOracleTests {
  private static let folder = SystemCalls.environment("QUANT_NUMPY_FOLDER")

  @Test(
    "Arrays and archives are written",
    .enabled(if: folder != nil, "only for check_numpy.py, which sets QUANT_NUMPY_FOLDER"))
  func write() throws {
    let folder = try #require(Self.folder)
    let floats = (0..<12_000).map { Float($0) * 0.25 }
    let integers = (0..<1_000).map { Int32($0) * -3 }
    let days = (0..<100).map { Int64(16_000 + $0) }
    let texts = Array("0001abcdZZ\0\0".utf8)
    try NPY.write(
      floats.span.numberBytes, type: .float32, shape: [4_000, 3], fortranOrder: true,
      to: folder + "/X_global.npy")
    try NPY.write(integers.span, to: folder + "/integers.npy")
    try NPY.write(days.span.numberBytes, type: .days, shape: [100], to: folder + "/days.npy")
    try NPY.write(
      texts.span.numberBytes, type: .text(width: 4), shape: [3], to: folder + "/texts.npy")
    for (name, threshold) in [("plain", 0xFFFF_FFFF), ("zip64", 0)] {
      var writer = try NPZWriter(creating: folder + "/\(name).npz", longThreshold: threshold)
      try writer.add("integers", integers.span)
      try writer.add(
        "matrix", floats.span.numberBytes, type: .float32, shape: [4_000, 3], fortranOrder: true)
      try writer.add("période", days.span.numberBytes, type: .days, shape: [100])
      try writer.addDeflated("packed", integers.span.numberBytes, type: .int32, shape: [1_000])
      try writer.addDeflated("texts", texts.span.numberBytes, type: .text(width: 4), shape: [3])
      try writer.finish()
    }
  }
}
