import Descriptions
import Display
import Formats
import Interpreter

/// A format that the figures of a look are written in.
protocol FigureWriting: FileFormat {
  static func bytes(_ display: Display) -> [UInt8]
}

extension JSONFormat: FigureWriting {
  /// What a look shows, as data for another program.
  static func bytes(_ display: Display) -> [UInt8] { Array((JSONRenderer().render(display) + "\n").utf8) }
}
