/// Committed files that tests read.
public enum FixtureFile {
  /// The path of a file in the `Fixtures` folder that is nearest above the test's source file.
  public static func path(_ name: String, from source: StaticString = #filePath) -> String {
    var folder = "\(source)".split(separator: "/").dropLast()
    while !folder.isEmpty, !(folder.last ?? "").hasSuffix("Tests") { folder = folder.dropLast() }
    return "/" + folder.joined(separator: "/") + "/Fixtures/" + name
  }
}
