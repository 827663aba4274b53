/// Where compiled panels are kept.
enum CacheFolder {
  /// The folder: `--cache`, `QUANT_CACHE`, `$XDG_CACHE_HOME/quant`, or `~/.cache/quant`.
  ///
  /// A relative `XDG_CACHE_HOME` is ignored, as the XDG base directory specification asks for.
  static func path(option: String?, environment: (String) -> String?) throws(CommandFailure)
    -> String
  {
    func given(_ name: String) -> String? {
      environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let option { return option }
    if let folder = given("QUANT_CACHE") { return folder }
    if let base = given("XDG_CACHE_HOME"), base.hasPrefix("/") { return base + "/quant" }
    if let home = given("HOME") { return home + "/.cache/quant" }
    throw CommandFailure(
      .cannotCreate, "there is no place for compiled panels; accepted: --cache DIR or HOME")
  }
}
