import QuantCore
import QuantLearners

// One target for each reader of model files, chosen by a condition of the compiler (see `run`). What is
// accepted must also predict, write and read again.

/// Called by libFuzzer with bytes that it changes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  do throws(StorageError) {
    #if FUZZ_OWN
      use(try TreeEnsemble(fileBytes: framed(bytes), path: "fuzz"))
    #elseif FUZZ_LIGHTGBM
      use(try TreeEnsemble(lightGBMText: String(decoding: bytes, as: UTF8.self), path: "fuzz"))
    #elseif FUZZ_JSON
      if !isUBJSON(bytes) { use(try TreeEnsemble(xgboost: bytes, path: "fuzz")) }
    #elseif FUZZ_UBJSON
      if isUBJSON(bytes) { use(try TreeEnsemble(xgboost: bytes, path: "fuzz")) }
    #endif
  } catch {
    // An error must be able to say what it is.
    precondition(!error.description.isEmpty)
  }
  return 0
}

private func isUBJSON(_ bytes: [UInt8]) -> Bool {
  bytes.count > 1 && "iUIlL".utf8.contains(bytes[1])
}

/// The bytes with size and checksum put right, which a fuzzer would never find by chance.
private func framed(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.count >= 28 else { return bytes }
  var bytes = bytes
  for index in 0..<8 { bytes[12 + index] = UInt8(truncatingIfNeeded: bytes.count >> (8 * index)) }
  let hash = XXH64.hash(Array(bytes.dropLast(8)).span.numberBytes)
  for index in 0..<8 {
    bytes[bytes.count - 8 + index] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * index))
  }
  return bytes
}

private func use(_ model: TreeEnsemble) {
  guard model.featureNames.count <= 64 else { return }
  let values: [Float] = [.nan, 0, -0.0, 1, -1, 31, 32.5, .infinity, -.infinity, 3e9, 1e-36]
  let features = FeatureMatrix(columns: model.featureNames.map { _ in values })
  let rows = values.indices.map { Int32($0) }
  func scores(_ model: TreeEnsemble) -> [UInt64] {
    [Double](capacity: rows.count) { model.predictRaw(features, rows: rows.span, into: &$0) }
      .map { $0.isNaN ? 0 : ($0 + 0).bitPattern }
  }
  let expected = scores(model)
  guard let again = try? TreeEnsemble(fileBytes: model.fileBytes, path: "again") else {
    preconditionFailure("what was written is not read")
  }
  precondition(again.fileBytes == model.fileBytes && scores(again) == expected)
  if let text = try? model.lightGBMText, !model.featureNames.isEmpty,
    model.trees.allSatisfy({ $0.leaves.allSatisfy { ($0.value + model.startScore).isFinite } })
  {
    guard (try? TreeEnsemble(lightGBMText: text, path: "again")) != nil else {
      preconditionFailure("the text that was written is not read")
    }
  }
}
