using JubileeVerse.Personas;

namespace JubileeVerse.Replies.Builtin;

/// <summary>Who <see cref="BuiltinChatClient"/> speaks as.</summary>
/// <param name="Name">The persona's name.</param>
/// <param name="Voice">Its phrases.</param>
/// <param name="Variation">Another text gives another answer to the same conversation; the same one the same answer.</param>
public sealed record BuiltinSpeaker(string Name, PersonaVoice Voice, string Variation = "");
