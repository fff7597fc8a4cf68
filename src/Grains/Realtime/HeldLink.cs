namespace JubileeVerse.Realtime;

/// <summary>A person's link and the gateway that holds it.</summary>
internal readonly record struct HeldLink(GatewayId Gateway, UserLink Link);
