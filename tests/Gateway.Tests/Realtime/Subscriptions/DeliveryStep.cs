namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

/// <summary>One step of a <see cref="DeliveryScenario"/>.</summary>
/// <param name="Kind">0 to 19: the kind of step.</param>
/// <param name="A">Selects the kind of change, the client or the time.</param>
/// <param name="B">Selects the reply and the text.</param>
/// <param name="C">What happens to the frames on their way.</param>
internal sealed record DeliveryStep(int Kind, int A, int B, int C);
