using JubileeVerse.Personas;

namespace JubileeVerse.Replies.Builtin;

/// <summary>The persona in whose voice <see cref="BuiltinChatClient"/> replies.</summary>
/// <param name="Variation">Part of the random seed: another value gives another reply to the same conversation.</param>
public sealed record BuiltinSpeaker(string Name, PersonaVoice Voice, string Variation = "");
