namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>One thing that happens in a <see cref="DeliveryStory"/>.</summary>
/// <param name="Kind">0 to 19: which sort of thing.</param>
/// <param name="A">Which of them.</param>
/// <param name="B">The words.</param>
/// <param name="C">How it fares on its way.</param>
internal sealed record DeliveryStep(int Kind, int A, int B, int C);
