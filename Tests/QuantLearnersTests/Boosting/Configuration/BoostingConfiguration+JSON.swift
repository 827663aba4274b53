import QuantCore

@testable import QuantLearners

extension BoostingConfiguration {
  /// The configuration of a document, as a run reads it.
  init(json: String) throws {
    var reader = try ConfigurationReader(
      JSONValue(parsing: Array(json.utf8), source: "test"), path: "learner")
    try self.init(from: &reader)
    try reader.finish()
  }
}
