import Tables

extension Function {
  private static func row(
    _ function: Function, _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell,
    _ otherNames: [String] = []
  ) -> CatalogueEntry {
    CatalogueEntry(function, signature, summary, .text, arguments, result, otherNames)
  }

  static let texts: [CatalogueEntry] = [
    row(.lower, "lower(text)", "In small letters", [.text("ÅSE")], .text("åse"), ["lcase", "tolower", "str_to_lower"]),
    row(
      .upper, "upper(text)", "In capitals", [.text("straße")], .text("STRASSE"), ["ucase", "toupper", "str_to_upper"]),
    row(
      .title, "title(text)", "Each word with a capital and small letters behind it", [.text("new YORK")],
      .text("New York"), ["initcap", "str_to_title"]),
    row(
      .capitalize, "capitalize(text)", "The first letter a capital, the others small", [.text("new YORK")],
      .text("New york"), ["str_to_sentence"]),
    row(
      .trim, "trim(text)", "Without white space at both ends", [.text(" a b ")], .text("a b"),
      ["strip", "str_trim", "trimws"]),
    row(
      .squish, "squish(text)",
      "Without white space at both ends, one space for each run of it between, and without characters that have no width",
      [.text(" New\u{A0}  York\u{200B} ")], .text("New York"), ["str_squish", "normalize_space"]),
    row(
      .fold, "fold(text)",
      "Its letters and digits in small letters, without accents, blanks and punctuation: equal for spellings of one name",
      [.text("São-Paulo ")], .text("saopaulo"), ["unaccent", "remove_accents", "fingerprint", "casefold", "unidecode"]),
    row(.ltrim, "ltrim(text)", "Without white space at the start", [.text("  a ")], .text("a "), ["lstrip"]),
    row(.rtrim, "rtrim(text)", "Without white space at the end", [.text(" a  ")], .text(" a"), ["rstrip"]),
    row(
      .length, "length(text)", "How many characters (code points)", [.text("naïve")], .int(5),
      ["len", "nchar", "str_length", "strlen"]),
    row(.wordCount, "word_count(text)", "How many words between white space", [.text("to be or not")], .int(4)),
    row(
      .contains, "contains(text, part)", "Whether the part is in the text", [.text("banana"), .text("nan")],
      .bool(true), ["includes", "instr"]),
    row(
      .startsWith, "starts_with(text, part)", "Whether the text starts so", [.text("banana"), .text("ba")], .bool(true),
      ["startswith"]),
    row(
      .endsWith, "ends_with(text, part)", "Whether the text ends so", [.text("banana"), .text("na")], .bool(true),
      ["endswith"]),
    row(
      .indexOf, "index_of(text, part)", "Place of the part's first character, from 1; 0 where it is not",
      [.text("banana"), .text("nan")], .int(3), ["strpos", "position", "find", "locate"]),
    row(
      .replace, "replace(text, from, to)", "With every `from` replaced by `to`",
      [.text("a-b-c"), .text("-"), .text("+")], .text("a+b+c"), ["gsub", "str_replace_all", "translate"]),
    row(
      .regexReplace, "regex_replace(text, pattern, to)", "With every match replaced; $1 in `to` is the first group",
      [.text("Lee, Ann"), .text("(\\w+), (\\w+)"), .text("$2 $1")], .text("Ann Lee"), ["regexp_replace", "sub"]),
    row(
      .regexExtract, "regex_extract(text, pattern, group)",
      "The first match, or the group of that number in it; missing where there is none",
      [.text("id=42;"), .text("id=(\\d+)"), .int(1)], .text("42"), ["regexp_extract", "str_extract", "extract"]),
    row(
      .splitPart, "split_part(text, separator, n)",
      "The n-th part, from 1, or from the end if negative; empty past them",
      [.text("a/b/c"), .text("/"), .int(2)], .text("b"), ["split", "str_split", "strsplit"]),
    row(
      .substring, "substring(text, start, count)",
      "Characters from place `start`, counted from 1 (from the end if negative), at most `count`",
      [.text("banana"), .int(2), .int(3)], .text("ana"), ["substr", "mid", "slice", "str_sub"]),
    row(.left, "left(text, n)", "The first n characters", [.text("banana"), .int(2)], .text("ba")),
    row(.right, "right(text, n)", "The last n characters", [.text("banana"), .int(2)], .text("na")),
    row(
      .padLeft, "pad_left(text, width, fill)", "Filled up at the start to `width` characters, with spaces unless given",
      [.text("7"), .int(3), .text("0")], .text("007"), ["lpad", "zfill", "str_pad", "rjust"]),
    row(
      .padRight, "pad_right(text, width, fill)", "Filled up at the end to `width` characters, with spaces unless given",
      [.text("7"), .int(3), .text(".")], .text("7.."), ["rpad", "ljust"]),
    row(
      .repeat, "repeat(text, n)", "The text n times", [.text("ab"), .int(3)], .text("ababab"),
      ["replicate", "rep", "strrep"]),
    row(
      .concat, "concat(a, b, …)", "Texts joined", [.text("a"), .text("b"), .text("c")], .text("abc"),
      ["paste", "paste0", "str_c"]),
    row(.reverse, "reverse(text)", "Characters in opposite order", [.text("abc")], .text("cba"), ["rev"]),
    row(
      .hash, "hash(text)", "A number that is the same in every version and on every machine (FNV-1a, 64 bit)",
      [.text("")], .int(-3_750_763_034_362_895_579), ["md5", "digest"]),
    row(
      .luhn, "luhn(text)", "Whether the check digit of a card number is right; spaces and hyphens do not count",
      [.text("4539 1488 0343 6467")], .bool(true), ["is_card_number"]),
  ]
}
