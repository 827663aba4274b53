internal import QuantCore

/// What LightGBM's model text says before its first tree.
struct LightGBMHeader {
  let objective: BoostingObjectiveName
  let featureNames: [String]
  let rule: ScoreRule
  /// Bytes of each tree, its first line included.
  let treeSizes: [Int]

  /// Reads up to the blank line before the first tree.
  ///
  /// - Throws: `StorageError.foreign` for what is missing, wrong, or not among what is read;
  ///   `.unsupportedVersion`.
  init(_ lines: inout LightGBMLines) throws(StorageError) {
    var fields: [String: LightGBMField] = [:]
    guard let first = lines.next(), lines.line(first, is: "tree") else {
      throw lines.foreign("another first line", accepted: "'tree'")
    }
    while let line = lines.next(), !line.isEmpty {
      let field = try lines.field(line, among: LightGBMFormat.headerKeys)
      guard fields.updateValue(field, forKey: field.key) == nil else {
        throw lines.foreign("a second \(field.key), line \(field.line)", accepted: "one")
      }
    }
    let reader = lines
    func field(_ key: String) throws(StorageError) -> LightGBMField {
      guard let field = fields[key] else {
        throw reader.foreign("no \(key) before line \(reader.number)", accepted: "a model text")
      }
      return field
    }
    try Self.checkVersion(field("version"), reader)
    for key in ["num_class", "num_tree_per_iteration"] {
      let count = try reader.integer(field(key))
      guard count == 1 else {
        throw reader.foreign(
          "\(key) \(count)", accepted: "1: models of several classes are not read")
      }
    }
    let count = try reader.integer(field("max_feature_idx"))
    guard count >= 0, count < reader.bytes.count else {
      throw reader.foreign("max_feature_idx \(count)", accepted: "the number of features less 1")
    }
    featureNames = try reader.words(field("feature_names"), count: count + 1) {
      String(validating: $0, as: UTF8.self)
    }
    _ = try reader.words(field("feature_infos"), count: count + 1) { _ in true }
    let link: ScoreLink
    (objective, link) = try Self.objective(fields["objective"], reader)
    rule = ScoreRule(start: 0, link: link, isAveraged: fields["average_output"] != nil)
    let sizes = try field("tree_sizes")
    treeSizes = try reader.words(sizes, count: reader.wordCount(sizes)) { NumberText.integer($0) }
  }

  private static func checkVersion(
    _ field: LightGBMField, _ reader: LightGBMLines
  ) throws(StorageError) {
    let version = reader.text(field.value.prefix(24))
    guard LightGBMFormat.versions.contains(version) else {
      throw .unsupportedVersion(
        path: reader.path, found: Excerpt(version).description,
        accepted: LightGBMFormat.versions.joined(separator: ", "))
    }
  }

  private static func objective(
    _ field: LightGBMField?, _ reader: LightGBMLines
  ) throws(StorageError) -> (BoostingObjectiveName, ScoreLink) {
    guard let field else { return (.custom, .identity) }
    let text = reader.text(field.value.prefix(64))
    guard let (name, link) = LightGBMFormat.objective(text.split(separator: " ")) else {
      throw reader.foreign(
        "objective \(Excerpt(text))",
        accepted:
          "binary, regression (without sqrt) and its kind, quantile, poisson, gamma, tweedie, "
          + "cross_entropy, lambdarank, rank_xendcg")
    }
    return (name, link)
  }
}
