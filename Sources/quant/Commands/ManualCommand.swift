extension Command {
  static let manual: Command = Command(
    "man", "print the manual page, for man(1)",
    examples: [
      .init("quant man > quant.1", "write the page, which man -l quant.1 shows"),
      .init(
        "quant man > ~/.local/share/man/man1/quant.1", "install it, so that man quant finds it"),
    ]
  ) { _, console in
    console.output.write(ManualPage(table: .quant).text)
    return .success
  }
}
