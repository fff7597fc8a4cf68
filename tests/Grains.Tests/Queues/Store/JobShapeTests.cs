using System.Reflection;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>Holds the mappers between the shapes of a job complete: a property that one of them forgets fails here.</summary>
public sealed class JobShapeTests
{
    private static readonly NewJob Minimal = new("name", "{}");

    private static readonly NewJob Full = new("other", """{"a":1}""")
    {
        Id = new JobId("id"),
        UserId = "user",
        OrderKey = "order",
        Priority = 2,
        Weight = 3,
        Cost = 4,
        Delay = TimeSpan.FromSeconds(5),
        Attempts = 6,
        Backoff = BackoffKind.Fixed,
        BackoffDelay = TimeSpan.FromSeconds(7),
        Jitter = 0.5,
        Timeout = TimeSpan.FromSeconds(8),
        Deadline = TimeSpan.FromSeconds(9),
        DedupKey = "key",
        DedupWindow = TimeSpan.FromSeconds(10),
        KeepCompleted = new KeepRule(11, TimeSpan.FromSeconds(12)),
        KeepFailed = new KeepRule(13, TimeSpan.FromSeconds(14)),
    };

    private readonly NewJobValidator _jobs = new("queue", () => new QueueOptions(), new Random(Seed: 1));

    [Fact]
    public void Full_EveryProperty_DiffersFromItsDefault() => Assert.Empty(Equal(Minimal, Full));

    /// <summary>The queue and the instant of acceptance are the same for both; the others are set by a flow.</summary>
    [Fact]
    public void Create_FullCommand_SetsEveryPropertyOfTheJob() => Assert.Equal(
        ["Queue", "AcceptedAt", "ParentId", "OnFailure", "WaitsForChildren"], Equal(Create(Minimal), Create(Full)));

    /// <summary>The parameters that are the row's state are the same for both.</summary>
    [Fact]
    public void ViewFrom_FullJob_SetsEveryPropertyOfTheView()
    {
        string[] ofTheRow =
        [
            "Queue", "State", "AttemptsMade", "StartedCount", "StalledCount", "Failure", "AcceptedAt", "StartedAt", "EndedAt", "Result",
            "Progress", "Log", "Position", "EtaSeconds",
        ];

        Assert.Equal(ofTheRow.Order(), Equal(View(Create(Minimal)), View(Child(Create(Full)))).Order());
    }

    [Fact]
    public void JobRow_EachColumn_IsReadIntoAPropertyOfItsName()
    {
        var columns = JobRow.PlainColumns.Concat(JobRow.RareColumns).Select(column => column.CamelName)
            .Union(JobRow.StateColumns.Select(column => column.CamelName));

        Assert.Equal(
            columns.Concat(["queue", "progress", "log"]).Order(StringComparer.OrdinalIgnoreCase),
            Properties<JobRow>().Select(property => property.Name).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A read of what was written: each column's value in the row's property of the same name.</summary>
    [Fact]
    public void ToJob_ColumnsOfAFullJob_RoundTrips()
    {
        var job = Child(Create(Full)) with { OnFailure = ChildFailure.Continue };
        var row = new JobRow { Queue = job.Queue };
        foreach (var column in JobRow.PlainColumns.Concat(JobRow.RareColumns))
        {
            Properties<JobRow>()
                .Single(property => property.Name.Equals(column.CamelName, StringComparison.OrdinalIgnoreCase))
                .SetValue(row, column.ValueOf(job));
        }

        Assert.Equal(job, row.ToJob());
        Assert.Equal(["Queue", "AcceptedAt", "WaitsForChildren"], Equal(Create(Minimal), job));
    }

    /// <summary>Only a plain job is stored without the rare columns, so each of these must make it not plain.</summary>
    [Fact]
    public void IsPlain_EachRareProperty_ReturnsFalse()
    {
        var job = Create(Minimal);
        Job[] rare =
        [
            job with { Backoff = BackoffKind.Fixed },
            job with { Jitter = 0.1 },
            job with { TimeoutMs = 1 },
            job with { Cost = 2 },
            job with { DedupKey = "key" },
            job with { KeepCompleted = new KeepRule(1, TimeSpan.Zero) },
            job with { KeepFailed = new KeepRule(1, TimeSpan.Zero) },
            job with { ParentId = new JobId("parent") },
            job with { WaitsForChildren = true },
        ];

        Assert.True(JobRow.IsPlain(job));
        Assert.True(JobRow.IsPlain(job with { UserId = "user", ReadyAt = 9, Deadline = 10, Weight = 2 }));
        Assert.All(rare, other => Assert.False(JobRow.IsPlain(other)));
    }

    private Job Create(NewJob command) => _jobs.Create([command], nowMs: 1_000).Single();

    private static Job Child(Job job) => job with { ParentId = new JobId("parent") };

    private static JobView View(Job job) => JobView.From(job, JobState.Waiting, 0, 0, 0, null, null, null);

    private static PropertyInfo[] Properties<T>() => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>The names of the properties in which both are equal.</summary>
    private static IEnumerable<string> Equal<T>(T left, T right) => Properties<T>()
        .Where(property => Equals(property.GetValue(left), property.GetValue(right)))
        .Select(property => property.Name);
}
