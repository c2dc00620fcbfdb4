@main struct MLP { static func main() async { print("mlp") } }
