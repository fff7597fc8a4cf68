using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record JobResponse(JobView Job);
