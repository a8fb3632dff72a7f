// Made by `make api` from the OpenAPI document 75eccf2fe478769b6e6af9ab8b49aa1a8e6e2ae7b0a2a31aa25afa9faf4b896f

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description The process answers.
         */
        get: operations["HealthLiveLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/pipeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * PipelineHealth
         * @description Whether the line is well: a worker at each inbox, what waits and for how long, what is stuck, dead letters.
         *
         *     200 with the verdict in `status` (ok, degraded or down), unless a server does not answer.
         */
        get: operations["HealthPipelinePipelineHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description The servers that are needed to take work answer.
         */
        get: operations["HealthReadyReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListAssets
         * @description The uploads, newest first. Tables are among them only where their kind is asked for.
         */
        get: operations["V1AssetsListAssets"];
        put?: never;
        /**
         * UploadAsset
         * @description Upload a clip, a piece of music, an image or a table by streaming its bytes. The same bytes again give the same
         *     asset (200).
         */
        post: operations["V1AssetsUploadAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadAsset
         * @description One upload.
         */
        get: operations["V1AssetsReadAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadAnalysis
         * @description What was found in an upload: its scenes, scored segments, where somebody speaks, keyframes, and links to its
         *     pictures. 409 `asset_not_analysed` until it was looked through.
         */
        get: operations["V1AssetsAnalysisReadAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DownloadAsset
         * @description An upload as it was sent, under the name that timelines have for it. Takes Range and If-None-Match.
         */
        get: operations["V1AssetsFileDownloadAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}/media/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * AssetMedia
         * @description The filmstrip (JPEG), the waveform (PNG) or the proxy (MP4) of an upload. Takes Range and If-None-Match.
         */
        get: operations["V1AssetsMediaPartGetAssetMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * AssetMedia
         * @description The filmstrip (JPEG), the waveform (PNG) or the proxy (MP4) of an upload. Takes Range and If-None-Match.
         */
        head: operations["V1AssetsMediaPartHeadAssetMedia"];
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadNotes
         * @description What its owner says of an upload. The ETag is the revision: 0 before anything was said.
         */
        get: operations["V1AssetsNotesReadNotes"];
        /**
         * WriteNotes
         * @description Say something of an upload: keywords, a favourite, marked parts. Takes the place of all that was said before, and
         *     counts for jobs that are submitted from now on.
         */
        put: operations["V1AssetsNotesWriteNotes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{asset}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * AssetThumbnail
         * @description A picture of an upload (JPEG), once it was looked through.
         */
        get: operations["V1AssetsThumbnailAssetThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * FetchAsset
         * @description Have a clip or a piece of music fetched from a public https:// URL. Takes as long as the file takes to come.
         */
        post: operations["V1AssetsFetchFetchAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Asyncapi
         * @description The events an outside program can subscribe to, as AsyncAPI 3.0.
         */
        get: operations["V1AsyncapiJsonAsyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListBatches
         * @description The batches, newest first.
         */
        get: operations["V1BatchesListBatches"];
        put?: never;
        /**
         * CreateBatch
         * @description Have a video made of each row of a table, of each product of a feed, or of rows that come with the request. With
         *     an Idempotency-Key a repeated request gives the batch of the first one.
         */
        post: operations["V1BatchesCreateBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadBatch
         * @description One batch: how many of its rows are in each state, and how far it is.
         */
        get: operations["V1BatchesReadBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * CancelBatch
         * @description Give all up that is not finished: rows that wait, and jobs under way.
         */
        post: operations["V1BatchesCancelCancelBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PauseBatch
         * @description Begin no more rows. What is under way goes on.
         */
        post: operations["V1BatchesPausePauseBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * BatchReport
         * @description What became of each row, as a table (CSV, UTF-8).
         */
        get: operations["V1BatchesReportCsvBatchReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/results.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * BatchResults
         * @description All finished files of a batch as one ZIP, streamed, with `report.csv` in it.
         */
        get: operations["V1BatchesResultsZipBatchResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ResumeBatch
         * @description Go on with a paused batch.
         */
        post: operations["V1BatchesResumeResumeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RetryBatch
         * @description Try again what failed: jobs go on from their failed step, refused rows are looked at once more.
         */
        post: operations["V1BatchesRetryRetryBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batch}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListRows
         * @description The rows of a batch in their order, each with its job, its videos, or the reason why it has none.
         */
        get: operations["V1BatchesRowsListRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PreviewBatch
         * @description What the first rows would become, and which merge fields there are. Nothing is made.
         */
        post: operations["V1BatchesPreviewPreviewBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListLetters
         * @description Messages that could not be worked on, the newest word first. A page may be short and yet have a next one.
         */
        get: operations["V1DeadLettersListLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letter}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadLetter
         * @description One dead letter: why it is one, its tries, and its message as it lies in the log.
         */
        get: operations["V1DeadLettersReadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letter}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ReplayLetter
         * @description Have its work done again: the failed video goes on from its failed step, or the message is taken up once more.
         */
        post: operations["V1DeadLettersReplayReplayLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ReplayLetters
         * @description Replay several letters at once; tells which were, and why the others were not.
         */
        post: operations["V1DeadLettersReplayReplayLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * AllEvents
         * @description All that happens to your jobs, uploads and feeds (server-sent events): `open`, then `job`, `asset` and `feed`,
         *     each with the whole new state of one. With Last-Event-ID what changed since comes first; `reset` in `open` tells to
         *     read the lists again instead.
         */
        get: operations["V1EventsAllEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListFeeds
         * @description The feeds, newest first, each with its last import.
         */
        get: operations["V1FeedsListFeeds"];
        put?: never;
        /**
         * CreateFeed
         * @description Add a product feed: one that lies at a public https:// address, or a table that was uploaded. Its first import
         *     begins at once.
         */
        post: operations["V1FeedsCreateFeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/{feed}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadFeed
         * @description One feed.
         */
        get: operations["V1FeedsReadFeed"];
        put?: never;
        post?: never;
        /**
         * RemoveFeed
         * @description Remove a feed with its products and imports. Videos that were made of them stay.
         */
        delete: operations["V1FeedsRemoveFeed"];
        options?: never;
        head?: never;
        /**
         * ChangeFeed
         * @description Change a feed's name, address, columns or language. The next import is read by them.
         */
        patch: operations["V1FeedsChangeFeed"];
        trace?: never;
    };
    "/v1/feeds/{feed}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListImports
         * @description The imports of a feed, newest first; the last 200 are kept.
         */
        get: operations["V1FeedsImportsListImports"];
        put?: never;
        /**
         * StartImport
         * @description Read a feed again: at its address, or from a table that was uploaded. One import of a feed at a time.
         */
        post: operations["V1FeedsImportsStartImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/{feed}/imports/{feed_import}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadImport
         * @description One import: how far it is, what it came to.
         */
        get: operations["V1FeedsImportsFeedImportReadImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/{feed}/imports/{feed_import}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListProblems
         * @description The rows of a feed that make no product, in the feed's order: on which line, in which column, and why.
         */
        get: operations["V1FeedsImportsFeedImportProblemsListProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/{feed}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ProductPicture
         * @description The first picture of a product, small (JPEG), for a list of products. It is fetched from where the feed says
         *     that it lies, under the rules for addresses.
         */
        get: operations["V1FeedsPictureProductPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/{feed}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListProducts
         * @description The products of a feed in the order they came, as the last import found them, and those that are gone.
         */
        get: operations["V1FeedsProductsListProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListJobs
         * @description The jobs, newest first.
         */
        get: operations["V1JobsListJobs"];
        put?: never;
        /**
         * SubmitJob
         * @description Submit a brief. With an Idempotency-Key a repeated request gives the job of the first one.
         */
        post: operations["V1JobsSubmitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadJob
         * @description One job with all its videos, steps and files.
         */
        get: operations["V1JobsReadJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * CancelJob
         * @description Stop a job. What is being encoded or spoken for it is stopped at once.
         */
        post: operations["V1JobsCancelCancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * JobEvents
         * @description A job's events live (server-sent events), from Last-Event-ID on; ends when the job ends.
         */
        get: operations["V1JobsEventsJobEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RetryJob
         * @description Try a failed job again. Each failed video goes on from its failed step; what was finished is not made again.
         */
        post: operations["V1JobsRetryRetryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadOptions
         * @description What a brief can choose from: presets, fonts, languages and so on, with the limits that hold here.
         */
        get: operations["V1OptionsReadOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadOwnProfile
         * @description Who you are to this system: your profile, its limits and voices, the id of your key.
         */
        get: operations["V1ProfileReadOwnProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * ChangeOwnProfile
         * @description Change your title, your saved voices or your brand.
         */
        patch: operations["V1ProfileChangeOwnProfile"];
        trace?: never;
    };
    "/v1/profile/key/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RevokeOwnKey
         * @description Make the key you are using worthless, as when it has become known. There is no way back.
         */
        post: operations["V1ProfileKeyRevokeRevokeOwnKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profile/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListOwnKeys
         * @description The keys of your profile, without their secrets.
         */
        get: operations["V1ProfileKeysListOwnKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListProfiles
         * @description The profiles by their ids.
         */
        get: operations["V1ProfilesListProfiles"];
        put?: never;
        /**
         * CreateProfile
         * @description Make a profile. Give it a key next.
         */
        post: operations["V1ProfilesCreateProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{profile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadProfile
         * @description One profile.
         */
        get: operations["V1ProfilesReadProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * ChangeProfile
         * @description Change a profile's title, limits, voices or brand, or shut it out (`disabled`) and let it in again.
         */
        patch: operations["V1ProfilesChangeProfile"];
        trace?: never;
    };
    "/v1/profiles/{profile}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListKeys
         * @description A profile's keys, the oldest first, without their secrets.
         */
        get: operations["V1ProfilesKeysListKeys"];
        put?: never;
        /**
         * CreateKey
         * @description Make a key for a profile. The answer has it; it can't be shown again.
         */
        post: operations["V1ProfilesKeysCreateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{profile}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * RevokeKey
         * @description Revoke a key: no gateway takes it from now on, and its live streams end.
         */
        delete: operations["V1ProfilesKeysRevokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListProjects
         * @description The projects by name, each with the job that is under way in it, if any.
         */
        get: operations["V1ProjectsListProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadSession
         * @description Whether somebody is signed in, and who; nobody is refused.
         */
        get: operations["V1SessionReadSession"];
        put?: never;
        /**
         * SignIn
         * @description Sign a browser in with a key: the answer sets a cookie that stands for it until it is signed out, was not used
         *     for two weeks, or the key is good no more.
         */
        post: operations["V1SessionSignIn"];
        /**
         * SignOut
         * @description Sign the browser out; the cookie is worthless from now on. Nobody signed in is all right, too.
         */
        delete: operations["V1SessionSignOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subtitles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ReadSubtitles
         * @description Read an SRT file and show its cues, or what is wrong on which line. Nothing is kept.
         */
        post: operations["V1SubtitlesReadSubtitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subtitles/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PreviewSubtitles
         * @description One frame with subtitles (JPEG), as the finished video would show it, drawn by the same hand. The ETag is the
         *     same for as long as the picture is.
         */
        post: operations["V1SubtitlesPreviewPreviewSubtitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListUploads
         * @description Your unfinished uploads, newest first.
         */
        get: operations["V1UploadsListUploads"];
        put?: never;
        /**
         * BeginUpload
         * @description Begin an upload that can be gone on with after whatever happens (tus). Its first bytes may come along.
         */
        post: operations["V1UploadsBeginUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{upload}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadUpload
         * @description How far an upload is, and what became of it.
         */
        get: operations["V1UploadsReadUpload"];
        put?: never;
        post?: never;
        /**
         * EndUpload
         * @description Give an upload up (tus termination). An asset that it became stays.
         */
        delete: operations["V1UploadsEndUpload"];
        options?: never;
        /**
         * UploadOffset
         * @description Where to go on (tus).
         */
        head: operations["V1UploadsUploadOffset"];
        /**
         * AppendToUpload
         * @description Send the bytes that follow (tus). The answer to the last ones names the asset.
         */
        patch: operations["V1UploadsAppendToUpload"];
        trace?: never;
    };
    "/v1/videos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListVideos
         * @description All videos of all jobs, as the library shows them.
         */
        get: operations["V1VideosListVideos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadVideo
         * @description One variant.
         */
        get: operations["V1VideosReadVideo"];
        put?: never;
        post?: never;
        /**
         * DeleteVideo
         * @description Put a video into the trash. It can be restored until it has lain there for the days the system keeps it.
         */
        delete: operations["V1VideosDeleteVideo"];
        options?: never;
        head?: never;
        /**
         * RenameVideo
         * @description Give a video a name.
         */
        patch: operations["V1VideosRenameVideo"];
        trace?: never;
    };
    "/v1/videos/{video}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Approve what waits; the video goes on from there.
         */
        post: operations["V1VideosApproveApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/files/{preset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DownloadFile
         * @description A finished file (MP4). Takes Range and If-None-Match.
         */
        get: operations["V1VideosFilesPresetGetDownloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * DownloadFile
         * @description A finished file (MP4). Takes Range and If-None-Match.
         */
        head: operations["V1VideosFilesPresetHeadDownloadFile"];
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/match-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadMatchReport
         * @description For each phrase the chosen clip, its score in parts, the runners-up and the reason.
         */
        get: operations["V1VideosMatchReportReadMatchReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/matches/{phrase}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * EditMatch
         * @description Show another picture over a phrase. Only the files are made again.
         */
        patch: operations["V1VideosMatchesPhraseEditMatch"];
        trace?: never;
    };
    "/v1/videos/{video}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RestoreVideo
         * @description Take a video out of the trash.
         */
        post: operations["V1VideosRestoreRestoreVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadReview
         * @description What was made of a video so far: script, voice and plan, and which of them waits to be approved.
         */
        get: operations["V1VideosReviewReadReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * EditScript
         * @description Change what is said, or who says it. The video is made again from the voice on.
         */
        patch: operations["V1VideosScriptEditScript"];
        trace?: never;
    };
    "/v1/videos/{video}/style": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * EditStyle
         * @description Change the subtitles or the level of the music. Only the files are made again.
         */
        patch: operations["V1VideosStyleEditStyle"];
        trace?: never;
    };
    "/v1/videos/{video}/subtitles.ass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ExportAss
         * @description The subtitles as Advanced SubStation Alpha: the text that a file is made with, its first preset's if none is
         *     named.
         */
        get: operations["V1VideosSubtitlesAssExportAss"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/subtitles.srt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ExportSrt
         * @description The subtitles as SubRip, as soon as the video is planned.
         */
        get: operations["V1VideosSubtitlesSrtExportSrt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/subtitles.vtt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ExportVtt
         * @description The subtitles as WebVTT, as soon as the video is planned.
         */
        get: operations["V1VideosSubtitlesVttExportVtt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * VideoThumbnail
         * @description A picture of a finished video (JPEG).
         */
        get: operations["V1VideosThumbnailVideoThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadTimeline
         * @description The edit: clips, cues, voice and music, as the render station gets it.
         */
        get: operations["V1VideosTimelineReadTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/timeline.otio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ExportOtio
         * @description The edit as OpenTimelineIO, for editing programs, as soon as the video is planned.
         */
        get: operations["V1VideosTimelineOtioExportOtio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video}/voice.wav": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadVoice
         * @description The voice-over of a video by itself (WAV). It is kept for some weeks only. Takes Range and If-None-Match.
         */
        get: operations["V1VideosVoiceWavReadVoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * DeleteVideos
         * @description Put many videos into the trash. What is refused of one does not touch the others.
         */
        post: operations["V1VideosDeleteDeleteVideos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RestoreVideos
         * @description Take many videos out of the trash.
         */
        post: operations["V1VideosRestoreRestoreVideos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListVoices
         * @description The voices a brief can ask for.
         */
        get: operations["V1VoicesListVoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voices/{voice}/sample.mp3": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * VoiceSample
         * @description A short sentence as a voice speaks it (MP3). Made when it is first asked for, then kept; nothing is paid for
         *     it.
         */
        get: operations["V1VoicesSampleMp3VoiceSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListWebhooks
         * @description The endpoints, newest first.
         */
        get: operations["V1WebhooksListWebhooks"];
        put?: never;
        /**
         * CreateWebhook
         * @description Have an endpoint told of events. The answer has its signing secret, which is shown only here.
         */
        post: operations["V1WebhooksCreateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ReadWebhook
         * @description One endpoint.
         */
        get: operations["V1WebhooksReadWebhook"];
        put?: never;
        post?: never;
        /**
         * RemoveWebhook
         * @description Remove an endpoint and its delivery log.
         */
        delete: operations["V1WebhooksRemoveWebhook"];
        options?: never;
        head?: never;
        /**
         * ChangeWebhook
         * @description Change an endpoint, or switch it off and on. What waits for one that is off is given up.
         */
        patch: operations["V1WebhooksChangeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListDeliveries
         * @description What was sent to an endpoint in the last 30 days and what came of it, newest first.
         */
        get: operations["V1WebhooksDeliveriesListDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver
         * @description Send a delivery again, with its id and body of the first time.
         */
        post: operations["V1WebhooksDeliveriesDeliveryRedeliverRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RotateWebhook
         * @description Make a new signing secret. For 24 hours there is a signature by the old one too.
         */
        post: operations["V1WebhooksRotateRotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * TestWebhook
         * @description Send a `webhook.test` event to an endpoint.
         */
        post: operations["V1WebhooksTestTestWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Allowance
         * @description What a profile may ask for. ``None``: what the settings say.
         *
         *     ``reads``, ``writes``, ``uploads`` and ``stream_opens`` a minute; ``streams`` at the same time.
         */
        Allowance: {
            /**
             * Reads
             * @default null
             */
            reads: number | null;
            /**
             * Stream Opens
             * @default null
             */
            stream_opens: number | null;
            /**
             * Streams
             * @default null
             */
            streams: number | null;
            /**
             * Uploads
             * @default null
             */
            uploads: number | null;
            /**
             * Writes
             * @default null
             */
            writes: number | null;
        };
        /**
         * AnalysisResource
         * @description What was found in an upload. Times are seconds from its first picture, places shares of the picture as displayed.
         *
         *     ``filmstrip_url``: an image of ``filmstrip_frames`` pictures side by side, evenly spread; ``proxy_url``: a small MP4
         *     that any browser plays and seeks in. ``phash``, ``faces`` and ``focus`` are an image's.
         */
        AnalysisResource: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /** Duration S */
            duration_s: number;
            /** Faces */
            faces: number;
            /** Filmstrip Frames */
            filmstrip_frames: number;
            /** Filmstrip Url */
            filmstrip_url: string | null;
            /** Focus */
            focus: components["schemas"]["Focus"][];
            /** Keyframes S */
            keyframes_s: number[];
            /** Phash */
            phash: string | null;
            /** Proxy Url */
            proxy_url: string | null;
            /** Scenes */
            scenes: components["schemas"]["Stretch"][];
            /** Segments */
            segments: components["schemas"]["Segment"][];
            /** Speech */
            speech: components["schemas"]["Stretch"][];
            /** Waveform Url */
            waveform_url: string | null;
        };
        /**
         * AnyBrief
         * @description A brief of any kind, as it comes in at the door.
         */
        AnyBrief: components["schemas"]["ScriptBrief"] | components["schemas"]["FootageBrief"] | components["schemas"]["ProductBrief"];
        /**
         * AssetKind
         * @description What an upload is for. The kind decides which contents are accepted.
         * @enum {string}
         */
        AssetKind: "footage" | "music" | "image" | "table";
        /**
         * AssetResource
         * @description An upload. ``state`` is uploaded, analysed or rejected; ``progress`` how far looking it through is (0..1);
         *     ``marks``: how many parts of it its notes mark.
         */
        AssetResource: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            facts: components["schemas"]["MediaFacts"];
            /** @default null */
            fault: components["schemas"]["FaultReport"] | null;
            /**
             * Favourite
             * @default false
             */
            favourite: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Keywords
             * @default []
             */
            keywords: string[];
            kind: components["schemas"]["AssetKind"];
            /**
             * Marks
             * @default 0
             */
            marks: number;
            /** Media Type */
            media_type: string;
            /** Name */
            name: string;
            /**
             * Progress
             * @default null
             */
            progress: number | null;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
            /** State */
            state: string;
            /**
             * Thumbnail Url
             * @default null
             */
            thumbnail_url: string | null;
            /**
             * Usable End S
             * @default null
             */
            usable_end_s: number | null;
            /**
             * Usable Start S
             * @default null
             */
            usable_start_s: number | null;
        };
        /**
         * AttemptResource
         * @description One try: ``status`` is what the endpoint answered, ``fault`` why it did not. ``answer``: its first bytes.
         */
        AttemptResource: {
            /** Answer */
            answer: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Fault */
            fault: string | null;
            /** Number */
            number: number;
            /** Status */
            status: number | null;
            /** Took Ms */
            took_ms: number;
        };
        /**
         * BatchAsked
         * @description Many jobs from one template. ``template`` is a brief in which any text may have merge fields such as ``{name}``;
         *     ``overrides`` has a JSON merge patch (RFC 7396) by a row's key.
         */
        BatchAsked: {
            /** Overrides */
            overrides?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            rows: components["schemas"]["RowsAsked"];
            /** Template */
            template: {
                [key: string]: unknown;
            };
            /**
             * Title
             * @default
             */
            title: string;
        };
        /**
         * BatchPreview
         * @description The first rows, with the names that the template may use (``fields``) and those that it does (``used``).
         */
        BatchPreview: {
            /** Fields */
            fields: string[];
            /** Rows */
            rows: components["schemas"]["RowPreview"][];
            /** Used */
            used: string[];
        };
        /**
         * BatchResource
         * @description A batch. ``rows`` is how many it has, as far as they were read; ``share`` 0..1; ``eta_s`` seconds until all is
         *     made, by how fast the last ones were, null if that is not known. ``fault``: why its rows could not be read.
         */
        BatchResource: {
            counts: components["schemas"]["RowCounts"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Eta S */
            eta_s: number | null;
            fault: components["schemas"]["FaultReport"] | null;
            /** Feed */
            feed: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Report Url */
            report_url: string;
            /** Results Url */
            results_url: string;
            /** Rows */
            rows: number;
            /** Rows Url */
            rows_url: string;
            /** Share */
            share: number;
            state: components["schemas"]["BatchState"];
            /**
             * Template
             * @default null
             */
            template: {
                [key: string]: unknown;
            } | null;
            /** Title */
            title: string;
            /** Url */
            url: string;
        };
        /**
         * BatchState
         * @description Where a batch stands.
         * @enum {string}
         */
        BatchState: "preparing" | "running" | "paused" | "completed" | "cancelled" | "failed";
        /**
         * BlobRef
         * @description Bytes in the blob store, named by their own hash.
         *
         *     ``size`` is in bytes; ``media_type`` is an IANA media type.
         */
        BlobRef: {
            /** Media Type */
            media_type: string;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
        };
        /**
         * BookendChoice
         * @description A clip or an image before or after the video. ``seconds``: how long; all of a clip if nothing is said.
         */
        BookendChoice: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * Seconds
             * @default null
             */
            seconds: number | null;
            /**
             * Sound
             * @description Whether a clip's own sound is heard
             * @default false
             */
            sound: boolean;
        };
        /**
         * Brand
         * @description How a profile's videos look where a brief says nothing else: ``look`` of what is written about products,
         *     ``logo`` on all of them.
         */
        Brand: {
            /** @default null */
            logo: components["schemas"]["LogoChoice"] | null;
            /** @default null */
            look: components["schemas"]["CardLook"] | null;
        };
        /**
         * Branding
         * @description What makes a video recognisable.
         */
        Branding: {
            /** @default null */
            intro: components["schemas"]["BookendChoice"] | null;
            /** @default null */
            logo: components["schemas"]["LogoChoice"] | null;
            /** @default null */
            outro: components["schemas"]["BookendChoice"] | null;
        };
        /**
         * CallerResource
         * @description The profile of whoever asks, and the key (null: none was needed).
         */
        CallerResource: {
            /** Admin */
            admin: boolean;
            brand: components["schemas"]["Brand"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Disabled At */
            disabled_at: string | null;
            /** Id */
            id: string;
            /** Key */
            key: string | null;
            limits: components["schemas"]["Allowance"];
            /** Title */
            title: string;
            /** Voices */
            voices: {
                [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * Candidate
         * @description A clip that was weighed for a phrase. ``score`` is 0..1, ``parts`` what it is made of.
         *
         *     It would be shown from ``source_in_s`` on, laid into the frame by ``crop`` and ``transform``, and can be shown until
         *     ``source_out_s``. A runner-up can be shown for as long as the phrase's picture is wanted.
         */
        Candidate: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * Crop
             * @default []
             */
            crop: components["schemas"]["CropPoint"][];
            /** Name */
            name: string;
            /** Parts */
            parts: {
                [key: string]: number;
            };
            /** Score */
            score: number;
            /**
             * Segment
             * @default null
             */
            segment: number | null;
            /** Source In S */
            source_in_s: number;
            /**
             * Source Out S
             * @default null
             */
            source_out_s: number | null;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            transform: components["schemas"]["Transform"];
        };
        /**
         * Card
         * @description What is written about one product, on ``frames`` frames from frame ``start`` on; empty where there is nothing.
         *
         *     ``number`` of ``count`` products. The call to action is shown from frame ``call_from`` of the timeline on.
         */
        Card: {
            /**
             * Badge
             * @default
             */
            badge: string;
            /**
             * Brand
             * @default
             */
            brand: string;
            /**
             * Call
             * @default
             */
            call: string;
            /**
             * Call From
             * @default 0
             */
            call_from: number;
            /**
             * Count
             * @default 1
             */
            count: number;
            /** Frames */
            frames: number;
            /** Name */
            name: string;
            /**
             * Number
             * @default 1
             */
            number: number;
            /**
             * Old Price
             * @default
             */
            old_price: string;
            /**
             * Price
             * @default
             */
            price: string;
            /** Start */
            start: number;
        };
        /**
         * CardLook
         * @description The colours and the font of what is written about a product. ``accent`` is for the price and the badge.
         */
        CardLook: {
            /**
             * Accent
             * @default #FFD60A
             */
            accent: string;
            /**
             * Background
             * @default #15181D
             */
            background: string;
            /**
             * Font
             * @default Poppins
             * @enum {string}
             */
            font: "Alegreya Sans" | "Anton" | "Archivo Black" | "Barlow" | "Bebas Neue" | "DM Serif Display" | "Fira Sans" | "Kanit" | "Lato" | "Poppins";
            /**
             * Text
             * @default #FFFFFF
             */
            text: string;
        };
        /**
         * CheckVerdict
         * @description What the gate says of a video's files.
         * @enum {string}
         */
        CheckVerdict: "pending" | "passed" | "failed" | "unknown";
        /**
         * CheckView
         * @description How the files of a video stand with the gate. ``checked_at`` None: not looked at yet.
         */
        CheckView: {
            /**
             * Checked At
             * @default null
             */
            checked_at: string | null;
            /**
             * Findings
             * @default []
             */
            findings: components["schemas"]["Finding"][];
            verdict: components["schemas"]["CheckVerdict"];
        };
        /**
         * Clip
         * @description A span of one source on the timeline.
         *
         *     Shown from frame ``start`` for ``frames`` frames; the first one is the source's picture at ``source_in_s``
         *     (seconds from the first picture of the source). What does not fit the output is cropped: along ``crop``, straight
         *     from point to point, or at the middle where it is empty. ``segment`` is the number of the source's segment.
         *
         *     An image is shown for as long as is asked; ``move`` is how the view moves over it. Intro and outro belong to no
         *     phrase (``NO_PHRASE``). ``heard``: with its own sound.
         */
        Clip: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * Crop
             * @default []
             */
            crop: components["schemas"]["CropPoint"][];
            facts: components["schemas"]["MediaFacts"];
            /** Frames */
            frames: number;
            /**
             * Heard
             * @default false
             */
            heard: boolean;
            /**
             * Move
             * @default null
             */
            move: ("in" | "out" | "left" | "right") | null;
            /** Phrase */
            phrase: number;
            /**
             * Segment
             * @default null
             */
            segment: number | null;
            source: components["schemas"]["BlobRef"];
            /** Source In S */
            source_in_s: number;
            /** Start */
            start: number;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            transform: components["schemas"]["Transform"];
        };
        /**
         * Columns
         * @description Which column of a feed a product's fields are in, where their usual names don't tell. ``currency`` (ISO 4217) is
         *     meant where a price names none.
         */
        Columns: {
            /**
             * Availability
             * @default null
             */
            availability: string | null;
            /**
             * Brand
             * @default null
             */
            brand: string | null;
            /**
             * Category
             * @default null
             */
            category: string | null;
            /**
             * Currency
             * @default null
             */
            currency: string | null;
            /**
             * Description
             * @default null
             */
            description: string | null;
            /**
             * Id
             * @default null
             */
            id: string | null;
            /**
             * Images
             * @default null
             */
            images: string | null;
            /**
             * Link
             * @default null
             */
            link: string | null;
            /**
             * Price
             * @default null
             */
            price: string | null;
            /**
             * Sale Price
             * @default null
             */
            sale_price: string | null;
            /**
             * Title
             * @default null
             */
            title: string | null;
        };
        /**
         * Counts
         * @description What was in a feed, in products. ``gone`` are those that the import before had; ``wrong`` counts rows that make
         *     no product; the last two are of those that are there.
         */
        Counts: {
            /**
             * Changed
             * @default 0
             */
            changed: number;
            /**
             * Gone
             * @default 0
             */
            gone: number;
            /**
             * New
             * @default 0
             */
            new: number;
            /**
             * Products
             * @default 0
             */
            products: number;
            /**
             * Same
             * @default 0
             */
            same: number;
            /**
             * Without Image
             * @default 0
             */
            without_image: number;
            /**
             * Without Price
             * @default 0
             */
            without_price: number;
            /**
             * Wrong
             * @default 0
             */
            wrong: number;
        };
        /**
         * CropPoint
         * @description Where the middle of the crop lies ``frame`` frames into a clip, as shares of the source's width and height.
         */
        CropPoint: {
            /** Frame */
            frame: number;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * Cue
         * @description A subtitle: words shown together from ``start_s`` until ``end_s`` (exclusive).
         */
        Cue: {
            /** End S */
            end_s: number;
            /** Start S */
            start_s: number;
            /** Words */
            words: components["schemas"]["Word"][];
        };
        /**
         * DeliveryResource
         * @description One message for one endpoint. ``state``: pending, delivered or failed. ``attempts``: the last ones, newest first.
         *
         *     ``message_id`` is the ``webhook-id`` it is sent with, each time. ``next_attempt_at`` is null once it has ended.
         */
        DeliveryResource: {
            /** Attempts */
            attempts: components["schemas"]["AttemptResource"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Message Id */
            message_id: string;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** State */
            state: string;
            /** Type */
            type: string;
        };
        /**
         * Done
         * @description What became of many: those that are as was asked, and those that are not.
         */
        Done: {
            /** Done */
            done: string[];
            /** Refused */
            refused: components["schemas"]["Refusal"][];
        };
        /**
         * EncoderWish
         * @description Overrides of the preset's own encoder settings.
         */
        EncoderWish: {
            /**
             * Crf
             * @default null
             */
            crf: number | null;
            /**
             * Speed
             * @default null
             */
            speed: ("ultrafast" | "superfast" | "veryfast" | "faster" | "fast" | "medium" | "slow") | null;
        };
        /**
         * FaultReport
         * @description A fault as it travels and as it is shown. ``code`` is stable; ``message`` is for a person.
         */
        FaultReport: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /**
             * Technical
             * @default false
             */
            technical: boolean;
            /**
             * Tries
             * @default 1
             */
            tries: number;
        };
        /**
         * FeedAsked
         * @description A new feed: read at a public https:// address, or from a table that was uploaded. ``columns`` says where a
         *     product's fields are, where their usual names don't tell; ``language`` is that of its texts.
         */
        FeedAsked: {
            columns?: components["schemas"]["Columns"];
            /**
             * Language
             * @default null
             */
            language: string | null;
            /** Name */
            name: string;
            /**
             * Table
             * @default null
             */
            table: string | null;
            /**
             * Url
             * @default null
             */
            url: string | null;
        };
        /**
         * FeedChange
         * @description What is to be different; what is not named stays. It counts from the next import on.
         */
        FeedChange: {
            /** @default null */
            columns: components["schemas"]["Columns"] | null;
            /**
             * Language
             * @default null
             */
            language: string | null;
            /**
             * Name
             * @default null
             */
            name: string | null;
            /**
             * Url
             * @default null
             */
            url: string | null;
        };
        /**
         * FeedResource
         * @description A feed. ``products`` is how many there are now; ``last_import`` the newest, whatever it came to.
         */
        FeedResource: {
            columns: components["schemas"]["Columns"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Imports Url */
            imports_url: string;
            /** Language */
            language: string | null;
            last_import: components["schemas"]["ImportResource"] | null;
            /** Name */
            name: string;
            /** Products */
            products: number;
            /** Products Url */
            products_url: string;
            /** Url */
            url: string | null;
        };
        /**
         * Fetch
         * @description A file to be fetched: where it lies, and what it is for.
         */
        Fetch: {
            /** @default footage */
            kind: components["schemas"]["AssetKind"];
            /**
             * Name
             * @default null
             */
            name: string | null;
            /** Url */
            url: string;
        };
        /**
         * FieldError
         * @description One fault in a body: where (JSON pointer) and what.
         */
        FieldError: {
            /** Message */
            message: string;
            /** Pointer */
            pointer: string;
        };
        /**
         * FileResource
         * @description A finished file and where to download it. Loudness measured on the file: LUFS, dBTP.
         */
        FileResource: {
            /** Duration S */
            duration_s: number;
            /** Height */
            height: number;
            /** Integrated Lufs */
            integrated_lufs: number;
            preset: components["schemas"]["PresetName"];
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
            /** True Peak Dbtp */
            true_peak_dbtp: number;
            /** Url */
            url: string;
            /** Width */
            width: number;
        };
        /**
         * Filters
         * @description Applied to the pictures in this order, before subtitles and logo: less noise, sharper, colours. None, 0 and 1
         *     leave a picture as it is. ``denoise`` is hqdn3d's spatial strength, ``sharpen`` unsharp's amount; the others are
         *     eq's.
         */
        Filters: {
            /**
             * Brightness
             * @default 0
             */
            brightness: number;
            /**
             * Contrast
             * @default 1
             */
            contrast: number;
            /**
             * Denoise
             * @default null
             */
            denoise: number | null;
            /**
             * Saturation
             * @default 1
             */
            saturation: number;
            /**
             * Sharpen
             * @default null
             */
            sharpen: number | null;
        };
        /**
         * Finding
         * @description Something that is wrong. ``code`` is stable, ``message`` for a person. ``preset`` None: all files alike.
         *
         *     ``measured`` and ``limit`` are in the unit that the message names, where there is a number.
         */
        Finding: {
            /** Code */
            code: string;
            /**
             * End S
             * @default null
             */
            end_s: number | null;
            /**
             * Limit
             * @default null
             */
            limit: number | null;
            /**
             * Measured
             * @default null
             */
            measured: number | null;
            /** Message */
            message: string;
            /** @default null */
            preset: components["schemas"]["PresetName"] | null;
            /**
             * Start S
             * @default null
             */
            start_s: number | null;
        };
        /**
         * Focus
         * @description Where in the picture the eye goes at a moment: the middle of the faces, else of what moves.
         */
        Focus: {
            /** At S */
            at_s: number;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * FootageBrief
         * @description Footage-first: the best moments of the footage, cut to a length. A script, if there is one, is spoken over them
         *     and sets the length itself.
         */
        FootageBrief: {
            /**
             * @default {
             *       "intro": null,
             *       "logo": null,
             *       "outro": null
             *     }
             */
            branding: components["schemas"]["Branding"];
            /**
             * Context
             * @description What the video is about, in your words: moments that fit it come first
             * @default
             */
            context: string;
            /**
             * @default {
             *       "crf": null,
             *       "speed": null
             *     }
             */
            encoder: components["schemas"]["EncoderWish"];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            filters: components["schemas"]["Filters"];
            /** Footage */
            footage: string[];
            /**
             * Inserts
             * @description Images and clips shown over the footage
             * @default []
             */
            inserts: components["schemas"]["InsertChoice"][];
            /**
             * Kind
             * @constant
             */
            kind: "footage";
            /**
             * Language
             * @default en
             */
            language: string;
            /**
             * Length S
             * @default 30
             */
            length_s: number;
            /** @default null */
            music: components["schemas"]["MusicChoice"] | null;
            /**
             * Presets
             * @default [
             *       "tiktok"
             *     ]
             */
            presets: components["schemas"]["PresetName"][];
            /**
             * Project
             * @description Of the jobs of one project at most one is under way; a second one gets 409
             * @default null
             */
            project: string | null;
            /**
             * Quality
             * @default final
             * @enum {string}
             */
            quality: "final" | "draft";
            /**
             * Review
             * @description Each video waits after these steps until it is approved
             * @default []
             */
            review: ("script" | "voice" | "plan")[];
            /**
             * Script
             * @default
             */
            script: string;
            /**
             * @default {
             *       "keep_s": 0.06,
             *       "over_s": 0.25,
             *       "shorten": true
             *     }
             */
            silence: components["schemas"]["SilenceRule"];
            /**
             * @default {
             *       "gain_db": 0,
             *       "original": true,
             *       "under_voice": "duck"
             *     }
             */
            sound: components["schemas"]["SoundWish"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            transition: components["schemas"]["TransitionStyle"];
            /**
             * Variants
             * @default 1
             */
            variants: number;
            /**
             * @default {
             *       "fallback": "none",
             *       "model": null,
             *       "name": null,
             *       "provider": "auto",
             *       "similarity": 0.75,
             *       "speed": 1,
             *       "stability": 0.5,
             *       "style": 0
             *     }
             */
            voice: components["schemas"]["VoiceChoice"];
        };
        /**
         * ImportAsked
         * @description What to read: ``table``, an upload, in the place of what the feed has; or the feed as it is.
         */
        ImportAsked: {
            /**
             * Table
             * @default null
             */
            table: string | null;
        };
        /**
         * ImportResource
         * @description One reading of a feed. ``counts`` are there once it is ``imported``, ``fault`` if it is ``failed``; of the rows
         *     that make no product the first ``problems_kept`` can be read.
         */
        ImportResource: {
            /** @default null */
            counts: components["schemas"]["Counts"] | null;
            /** @default null */
            fault: components["schemas"]["FaultReport"] | null;
            /**
             * Feed
             * Format: uuid
             */
            feed: string;
            /**
             * Finished At
             * @default null
             */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Import Url */
            import_url: string;
            /** Number */
            number: number;
            /**
             * Problems Kept
             * @default 0
             */
            problems_kept: number;
            /** Problems Url */
            problems_url: string;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Share */
            share: number;
            /**
             * Started At
             * @default null
             */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "running" | "imported" | "failed";
            /** Table */
            table: string | null;
            /** Url */
            url: string | null;
        };
        /**
         * InboxHealth
         * @description An inbox, judged.
         */
        InboxHealth: {
            /** Asking */
            asking: number;
            /**
             * Idle S
             * @default null
             */
            idle_s: number | null;
            /** In Work */
            in_work: number;
            /** Name */
            name: string;
            /**
             * Oldest S
             * @default null
             */
            oldest_s: number | null;
            /** Redelivered */
            redelivered: number;
            /** Service */
            service: string;
            /** Slots */
            slots: number;
            verdict: components["schemas"]["Verdict"];
            /** Versions */
            versions?: {
                [key: string]: number;
            };
            /** Waiting */
            waiting: number;
            /** Words */
            words: string;
        };
        /**
         * Insert
         * @description A clip shown over the others on its frames, silently: filling the frame, or framed where ``inset`` says.
         */
        Insert: {
            clip: components["schemas"]["Clip"];
            /**
             * @default {
             *       "place": "top_left",
             *       "size": 0.5
             *     }
             */
            inset: components["schemas"]["Inset"];
            /**
             * Mode
             * @enum {string}
             */
            mode: "interstitial" | "pip";
        };
        /**
         * InsertChoice
         * @description An image or a clip over the footage: filling the frame, or framed in a part of it.
         *
         *     It begins when the words ``when`` are spoken, or ``at_s`` seconds into the video (an intro not counted). Inserts
         *     with neither are spread over the rest.
         */
        InsertChoice: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * At S
             * @default null
             */
            at_s: number | null;
            /**
             * Length S
             * @default 3
             */
            length_s: number;
            /**
             * Mode
             * @description interstitial: fills the frame; pip: framed, in a part of the picture
             * @default pip
             * @enum {string}
             */
            mode: "interstitial" | "pip";
            /**
             * Place
             * @default top_left
             */
            place: ("top_left" | "top_right" | "bottom_left" | "bottom_right") | ("top" | "centre" | "bottom");
            /**
             * Size
             * @default 0.5
             */
            size: number;
            /**
             * When
             * @description Words of the script. Named by several inserts, each stands at the next place they are said
             * @default null
             */
            when: string | null;
        };
        /**
         * Inset
         * @description Where a picture in picture stands. ``size`` is the side of the square it is fitted into, as a share of the
         *     picture's shorter side.
         */
        Inset: {
            /**
             * Place
             * @default top_left
             */
            place: ("top_left" | "top_right" | "bottom_left" | "bottom_right") | ("top" | "centre" | "bottom");
            /**
             * Size
             * @default 0.5
             */
            size: number;
        };
        /**
         * JobResource
         * @description A job: ``name`` is its title, or the first words of what was asked for, ``share`` 0..1 over all steps of all its
         *     videos, ``eta_s`` seconds until the last of them is finished, null if that is not known. ``batch`` and ``row`` (its
         *     number) tell what made it, null if it was submitted by itself.
         */
        JobResource: {
            /**
             * Batch
             * @default null
             */
            batch: string | null;
            /**
             * Brief
             * @default null
             */
            brief: (components["schemas"]["ScriptBrief"] | components["schemas"]["FootageBrief"] | components["schemas"]["ProductBrief"]) | null;
            /** Created At */
            created_at: string | null;
            /**
             * Eta S
             * @default null
             */
            eta_s: number | null;
            /** Events Url */
            events_url: string;
            fault: components["schemas"]["FaultReport"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Name */
            name: string;
            /** Presets */
            presets: components["schemas"]["PresetName"][];
            /** Project */
            project: string | null;
            /**
             * Quality
             * @enum {string}
             */
            quality: "final" | "draft";
            /**
             * Row
             * @default null
             */
            row: number | null;
            /** Share */
            share: number;
            state: components["schemas"]["State"];
            /** Title */
            title: string;
            /** Url */
            url: string;
            /** Videos */
            videos: components["schemas"]["VideoResource"][];
        };
        /**
         * KeyResource
         * @description A key without its secret, which nobody knows any more. ``good``: it is taken now.
         */
        KeyResource: {
            /** Admin */
            admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Good */
            good: boolean;
            /** Id */
            id: string;
            /** Profile */
            profile: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Title */
            title: string;
        };
        /**
         * LanguageOption
         * @description A language that can be spoken here. ``code`` is what a brief's ``language`` takes.
         */
        LanguageOption: {
            /** Code */
            code: string;
            /** Name */
            name: string;
        };
        /**
         * LetterDetail
         * @description A dead letter with its message, None once the log has it no more.
         */
        LetterDetail: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            fault: components["schemas"]["FaultReport"];
            /** Id */
            id: string;
            /** Inbox */
            inbox: string;
            /** Job */
            job: string | null;
            message: components["schemas"]["MessageResource"] | null;
            /**
             * Reason
             * @enum {string}
             */
            reason: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost";
            /** Replayed At */
            replayed_at: string | null;
            /** Run */
            run: number;
            /** Seq */
            seq: number;
            /** Subject */
            subject: string;
            /** Tries */
            tries: components["schemas"]["Try"][];
            /** Url */
            url: string;
            /** Video */
            video: string | null;
        };
        /**
         * LetterResource
         * @description A message that could not be worked on, and why. ``replayed_at``: it was sent on its way, or needs it no more.
         */
        LetterResource: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            fault: components["schemas"]["FaultReport"];
            /** Id */
            id: string;
            /** Inbox */
            inbox: string;
            /** Job */
            job: string | null;
            /**
             * Reason
             * @enum {string}
             */
            reason: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost";
            /** Replayed At */
            replayed_at: string | null;
            /** Run */
            run: number;
            /** Seq */
            seq: number;
            /** Subject */
            subject: string;
            /** Tries */
            tries: components["schemas"]["Try"][];
            /** Url */
            url: string;
            /** Video */
            video: string | null;
        };
        /**
         * LettersSeen
         * @description Dead letters that were not replayed. ``more``: there are older ones that were not counted.
         */
        LettersSeen: {
            /**
             * More
             * @default false
             */
            more: boolean;
            /** Open */
            open: number;
        };
        /**
         * LimitsResource
         * @description What a brief and an upload may have at most; ``upload_bytes`` by the upload's kind. ``trash_days``: after so many
         *     days a deleted video is gone for good; null: never.
         */
        LimitsResource: {
            /**
             * Context Chars
             * @default 2000
             */
            context_chars: number;
            /**
             * Footage Per Job
             * @default 60
             */
            footage_per_job: number;
            /**
             * Length Max S
             * @default 180
             */
            length_max_s: number;
            /**
             * Length Min S
             * @default 3
             */
            length_min_s: number;
            /**
             * Script Chars
             * @default 5000
             */
            script_chars: number;
            /**
             * Title Chars
             * @default 200
             */
            title_chars: number;
            /** Trash Days */
            trash_days: number | null;
            /** Upload Bytes */
            upload_bytes: {
                [key: string]: number;
            };
            /**
             * Variants
             * @default 10
             */
            variants: number;
        };
        /**
         * Logo
         * @description An image in a corner, from frame ``start`` on for ``frames`` frames.
         */
        Logo: {
            facts: components["schemas"]["MediaFacts"];
            /** Frames */
            frames: number;
            place: components["schemas"]["LogoPlace"];
            source: components["schemas"]["BlobRef"];
            /** Start */
            start: number;
        };
        /**
         * LogoChoice
         * @description An image in a corner, on all but intro and outro.
         */
        LogoChoice: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * Corner
             * @default top_right
             * @enum {string}
             */
            corner: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            /**
             * Margin
             * @default 0.01
             */
            margin: number;
            /**
             * Opacity
             * @default 1
             */
            opacity: number;
            /**
             * Size
             * @default 0.16
             */
            size: number;
        };
        /**
         * LogoPlace
         * @description Where a logo stands and how. ``size`` is the side of the square it is fitted into, ``margin`` its distance from
         *     the edges of the safe zone; both as shares of the picture's shorter side.
         */
        LogoPlace: {
            /**
             * Corner
             * @default top_right
             * @enum {string}
             */
            corner: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            /**
             * Margin
             * @default 0.01
             */
            margin: number;
            /**
             * Opacity
             * @default 1
             */
            opacity: number;
            /**
             * Size
             * @default 0.16
             */
            size: number;
        };
        /**
         * LogSeen
         * @description How far the database is behind the log. ``lag`` in messages, ``lag_s`` since when, in seconds.
         */
        LogSeen: {
            /** Lag */
            lag: number;
            /** Lag S */
            lag_s: number;
            /** Last Seq */
            last_seq: number;
            /** Written Down */
            written_down: number;
        };
        /**
         * MadeKey
         * @description A key just made; ``key`` is shown this once.
         */
        MadeKey: {
            /** Admin */
            admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Good */
            good: boolean;
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Profile */
            profile: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Title */
            title: string;
        };
        /**
         * Mark
         * @description A part of a source between an in and an out mark, with what its owner says of it.
         */
        Mark: {
            /** End S */
            end_s: number;
            /**
             * Favourite
             * @default false
             */
            favourite: boolean;
            /**
             * Hidden
             * @description Never shown
             * @default false
             */
            hidden: boolean;
            /**
             * Keywords
             * @default []
             */
            keywords: string[];
            /**
             * Notes
             * @default
             */
            notes: string;
            /** Start S */
            start_s: number;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            transform: components["schemas"]["Transform"];
        };
        /**
         * Match
         * @description Why one phrase got its picture.
         */
        Match: {
            chosen: components["schemas"]["Candidate"];
            /** Phrase */
            phrase: number;
            /** Reason */
            reason: string;
            /** Runners Up */
            runners_up: components["schemas"]["Candidate"][];
            /** Text */
            text: string;
        };
        /**
         * MatchEdit
         * @description Another picture for a phrase: one of its runners-up, by place from 0, or any part of one of the job's clips, from
         *     ``source_in_s`` (seconds) on.
         */
        MatchEdit: {
            /**
             * Asset
             * @default null
             */
            asset: string | null;
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            hold: boolean;
            /**
             * Runner Up
             * @default null
             */
            runner_up: number | null;
            /**
             * Source In S
             * @default null
             */
            source_in_s: number | null;
        };
        /**
         * MatchReport
         * @description For each phrase: the choice, its score in parts, the runners-up and the reason in words.
         */
        MatchReport: {
            /** Matches */
            matches: components["schemas"]["Match"][];
        };
        /**
         * MediaFacts
         * @description What a probe saw in a file. Times in seconds on the file's own clock, sizes in pixels as displayed.
         *
         *     An image lasts no time: its duration and frame rate are 0, and it has no video codec.
         */
        MediaFacts: {
            /**
             * Audio Channels
             * @default 0
             */
            audio_channels: number;
            /**
             * Audio Codec
             * @default null
             */
            audio_codec: string | null;
            /**
             * Audio Rate Hz
             * @default 0
             */
            audio_rate_hz: number;
            /** Container */
            container: string;
            /** Demuxer */
            demuxer: string;
            /** Duration S */
            duration_s: number;
            /**
             * Fps
             * @default 0
             */
            fps: number;
            /**
             * Height
             * @default 0
             */
            height: number;
            /**
             * Rotation
             * @default 0
             */
            rotation: number;
            /**
             * Start S
             * @default 0
             */
            start_s: number;
            /**
             * Video Codec
             * @default null
             */
            video_codec: string | null;
            /**
             * Width
             * @default 0
             */
            width: number;
        };
        /**
         * MessageResource
         * @description A message as it lies in the log. ``excerpt``: the first 4 KiB; what is not text is escaped.
         */
        MessageResource: {
            /** At */
            at: string | null;
            /** Cut */
            cut: boolean;
            /** Excerpt */
            excerpt: string;
            /** Headers */
            headers: {
                [key: string]: string;
            };
            /** Seq */
            seq: number;
            /** Size */
            size: number;
            /** Subject */
            subject: string;
        };
        /**
         * Money
         * @description An amount in a currency's main unit (12.50, not 1250); ``currency`` is its ISO 4217 code.
         */
        Money: {
            /** Amount */
            amount: number | string;
            /** Currency */
            currency: string;
        };
        /**
         * MusicChoice
         * @description A music asset under the voice. ``gain_db`` is its level before ducking.
         */
        MusicChoice: {
            /**
             * Asset
             * Format: uuid
             */
            asset: string;
            /**
             * Duck
             * @default true
             */
            duck: boolean;
            /**
             * Gain Db
             * @default -14
             */
            gain_db: number;
        };
        /**
         * MusicLevel
         * @description How loud the music is (dB, before it steps back), and whether it steps back when somebody talks.
         */
        MusicLevel: {
            /**
             * Duck
             * @default null
             */
            duck: boolean | null;
            /**
             * Gain Db
             * @default null
             */
            gain_db: number | null;
        };
        /**
         * MusicTrack
         * @description Music under the voice, looped if it is shorter. ``gain_db`` before ducking.
         */
        MusicTrack: {
            /** Duck */
            duck: boolean;
            facts: components["schemas"]["MediaFacts"];
            /** Gain Db */
            gain_db: number;
            source: components["schemas"]["BlobRef"];
        };
        /**
         * Naming
         * @description What a video is to be called; null: as its job.
         */
        Naming: {
            /** Name */
            name: string | null;
        };
        /**
         * NewKey
         * @description A key to be made. ``admin``: it may make profiles and keys; ``expires_at``: null for never.
         */
        NewKey: {
            /**
             * Admin
             * @default false
             */
            admin: boolean;
            /**
             * Expires At
             * @default null
             */
            expires_at: string | null;
            /**
             * Title
             * @default
             */
            title: string;
        };
        /**
         * NewProfile
         * @description A profile to be made. ``limits`` count before the settings'.
         */
        NewProfile: {
            /**
             * @default {
             *       "logo": null,
             *       "look": null
             *     }
             */
            brand: components["schemas"]["Brand"];
            /** Id */
            id: string;
            /**
             * @default {
             *       "reads": null,
             *       "stream_opens": null,
             *       "streams": null,
             *       "uploads": null,
             *       "writes": null
             *     }
             */
            limits: components["schemas"]["Allowance"];
            /**
             * Title
             * @default
             */
            title: string;
            /** Voices */
            voices?: {
                [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * Notes
         * @description What the owner of an upload says of it: of the whole, and of the parts marked in it.
         */
        Notes: {
            /**
             * Favourite
             * @default false
             */
            favourite: boolean;
            /**
             * Keywords
             * @default []
             */
            keywords: string[];
            /**
             * Marks
             * @default []
             */
            marks: components["schemas"]["Mark"][];
            /**
             * Notes
             * @default
             */
            notes: string;
        };
        /**
         * OptionsResource
         * @description All there is to choose from in a brief that is not a user's own. The first of each is the default.
         */
        OptionsResource: {
            /** Fonts */
            fonts: string[];
            /** Kinds */
            kinds: string[];
            /** Languages */
            languages: components["schemas"]["LanguageOption"][];
            limits: components["schemas"]["LimitsResource"];
            /** Presets */
            presets: components["schemas"]["PresetOption"][];
            /** Qualities */
            qualities: string[];
            /** Reviews */
            reviews: string[];
            /** Subtitle Presets */
            subtitle_presets: string[];
            /** Transitions */
            transitions: string[];
            /** Version */
            version: string;
        };
        /**
         * OriginalSound
         * @description The sound of the clips that are ``heard``, at ``gain_db``. Where the voice speaks it is turned down (``duck``),
         *     or so far that nobody hears it (``mute``).
         */
        OriginalSound: {
            /**
             * Gain Db
             * @default 0
             */
            gain_db: number;
            /**
             * Under Voice
             * @default duck
             * @enum {string}
             */
            under_voice: "duck" | "mute";
        };
        /**
         * OwnChange
         * @description What a profile may change of itself. What is given takes the place of what was there as a whole.
         */
        OwnChange: {
            /** @default null */
            brand: components["schemas"]["Brand"] | null;
            /**
             * Title
             * @default null
             */
            title: string | null;
            /**
             * Voices
             * @default null
             */
            voices: {
                [key: string]: components["schemas"]["Voice"];
            } | null;
        };
        /** Page[AssetResource] */
        Page_AssetResource_: {
            /** Items */
            items: components["schemas"]["AssetResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[BatchResource] */
        Page_BatchResource_: {
            /** Items */
            items: components["schemas"]["BatchResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[DeliveryResource] */
        Page_DeliveryResource_: {
            /** Items */
            items: components["schemas"]["DeliveryResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[FeedResource] */
        Page_FeedResource_: {
            /** Items */
            items: components["schemas"]["FeedResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[ImportResource] */
        Page_ImportResource_: {
            /** Items */
            items: components["schemas"]["ImportResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[JobResource] */
        Page_JobResource_: {
            /** Items */
            items: components["schemas"]["JobResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[KeyResource] */
        Page_KeyResource_: {
            /** Items */
            items: components["schemas"]["KeyResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[LetterResource] */
        Page_LetterResource_: {
            /** Items */
            items: components["schemas"]["LetterResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[ProductResource] */
        Page_ProductResource_: {
            /** Items */
            items: components["schemas"]["ProductResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[ProfileResource] */
        Page_ProfileResource_: {
            /** Items */
            items: components["schemas"]["ProfileResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[ProjectResource] */
        Page_ProjectResource_: {
            /** Items */
            items: components["schemas"]["ProjectResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[RowProblem] */
        Page_RowProblem_: {
            /** Items */
            items: components["schemas"]["RowProblem"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[RowResource] */
        Page_RowResource_: {
            /** Items */
            items: components["schemas"]["RowResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[UploadResource] */
        Page_UploadResource_: {
            /** Items */
            items: components["schemas"]["UploadResource"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[VideoCard] */
        Page_VideoCard_: {
            /** Items */
            items: components["schemas"]["VideoCard"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Phrase
         * @description A stretch of the script that is shown over one picture: usually a sentence. In a video of several products
         *     ``product`` is the place of the one that is spoken of.
         */
        Phrase: {
            /** Index */
            index: number;
            /**
             * Product
             * @default 0
             */
            product: number;
            /** Text */
            text: string;
        };
        /**
         * PipelineHealth
         * @description The whole line. ``status``: ok, degraded (videos are made, something is wrong) or down (some can't be).
         *
         *     ``stuck`` and ``dead_letters`` are of all users, and told to admins alone.
         */
        PipelineHealth: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            dead_letters: components["schemas"]["LettersSeen"] | null;
            /** Inboxes */
            inboxes: components["schemas"]["InboxHealth"][];
            /** Jobs Open */
            jobs_open: number;
            /** Jobs Stuck */
            jobs_stuck: number;
            log: components["schemas"]["LogSeen"];
            /** Reconciled At */
            reconciled_at: string | null;
            /** Services */
            services: components["schemas"]["ServiceSeen"][];
            /** Status */
            status: string;
            /** Stuck */
            stuck: components["schemas"]["StuckJob"][];
            /** Words */
            words: string[];
        };
        /**
         * PlanMade
         * @description What is shown, and why.
         */
        PlanMade: {
            match_report: components["schemas"]["MatchReport"];
            timeline: components["schemas"]["Timeline"];
        };
        /**
         * PresetName
         * @description Where a video is going to be posted.
         * @enum {string}
         */
        PresetName: "tiktok" | "reels" | "shorts" | "square" | "landscape" | "generic";
        /**
         * PresetOption
         * @description A platform preset. ``max_s``: seconds its strictest platform takes; null: no limit to think of.
         */
        PresetOption: {
            /** Height */
            height: number;
            /** Label */
            label: string;
            /** Max S */
            max_s: number | null;
            name: components["schemas"]["PresetName"];
            /** Platforms */
            platforms: string[];
            /** Width */
            width: number;
        };
        /**
         * PreviewAsked
         * @description A template and rows, to be looked at before anything is made.
         */
        PreviewAsked: {
            /** Overrides */
            overrides?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            rows: components["schemas"]["RowsAsked"];
            /** Template */
            template: {
                [key: string]: unknown;
            };
        };
        /**
         * Price
         * @description An amount in a currency's main unit, ``12.5`` or ``"12.50"``; ``currency`` is its ISO 4217 code.
         */
        Price: {
            /** Amount */
            amount: number | string;
            /** Currency */
            currency: string;
        };
        /**
         * ProblemDetails
         * @description The body of every refusal.
         */
        ProblemDetails: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default []
             */
            errors: components["schemas"]["FieldError"][];
            /**
             * Import Id
             * @default null
             */
            import_id: string | null;
            /**
             * Import Url
             * @default null
             */
            import_url: string | null;
            /**
             * Job
             * @default null
             */
            job: string | null;
            /**
             * Job Url
             * @default null
             */
            job_url: string | null;
            /**
             * Request Id
             * @default
             */
            request_id: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * ProductBrief
         * @description Product-first: what is known of a product, or of a few, and their pictures. The script is spoken of each product
         *     in turn, and may have merge fields such as ``{name}`` and ``{price}``; without one it is written from the facts.
         */
        ProductBrief: {
            /**
             * @default {
             *       "intro": null,
             *       "logo": null,
             *       "outro": null
             *     }
             */
            branding: components["schemas"]["Branding"];
            /**
             * Call
             * @description The call to action: shown on a button towards the end, and spoken
             * @default
             */
            call: string;
            /**
             * @default {
             *       "crf": null,
             *       "speed": null
             *     }
             */
            encoder: components["schemas"]["EncoderWish"];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            filters: components["schemas"]["Filters"];
            /**
             * Kind
             * @constant
             */
            kind: "product";
            /**
             * Language
             * @default en
             */
            language: string;
            /**
             * @default {
             *       "accent": "#FFD60A",
             *       "background": "#15181D",
             *       "font": "Poppins",
             *       "text": "#FFFFFF"
             *     }
             */
            look: components["schemas"]["CardLook"];
            /** @default null */
            music: components["schemas"]["MusicChoice"] | null;
            /**
             * Presets
             * @default [
             *       "tiktok"
             *     ]
             */
            presets: components["schemas"]["PresetName"][];
            /** Products */
            products: components["schemas"]["ShownProduct"][];
            /**
             * Project
             * @description Of the jobs of one project at most one is under way; a second one gets 409
             * @default null
             */
            project: string | null;
            /**
             * Quality
             * @default final
             * @enum {string}
             */
            quality: "final" | "draft";
            /**
             * Review
             * @description Each video waits after these steps until it is approved
             * @default []
             */
            review: ("script" | "voice" | "plan")[];
            /**
             * Script
             * @default
             */
            script: string;
            /**
             * @default {
             *       "keep_s": 0.06,
             *       "over_s": 0.25,
             *       "shorten": true
             *     }
             */
            silence: components["schemas"]["SilenceRule"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * Template
             * @description spotlight: one product, its pictures above its name and price; sale: the same, the price cut large; collection: several products, one after the other
             * @default spotlight
             * @enum {string}
             */
            template: "spotlight" | "sale" | "collection";
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            transition: components["schemas"]["TransitionStyle"];
            /**
             * Variants
             * @default 1
             */
            variants: number;
            /**
             * @default {
             *       "fallback": "none",
             *       "model": null,
             *       "name": null,
             *       "provider": "auto",
             *       "similarity": 0.75,
             *       "speed": 1,
             *       "stability": 0.5,
             *       "style": 0
             *     }
             */
            voice: components["schemas"]["VoiceChoice"];
        };
        /**
         * ProductResource
         * @description A product as its feed had it last. ``state`` is how it stands against the import before the last one; ``gone``:
         *     it is not in the feed any more. ``picture_url``: its first picture, small, as this system hands it out. The same
         *     ``fingerprint`` means that nothing a video could show has changed.
         */
        ProductResource: {
            /** Availability */
            availability: string;
            /** Brand */
            brand: string;
            /** Category */
            category: string;
            /** Description */
            description: string;
            /** Fingerprint */
            fingerprint: string;
            /** Id */
            id: string;
            /** Images */
            images: string[];
            /** Link */
            link: string;
            /** Picture Url */
            picture_url: string | null;
            price: components["schemas"]["Money"] | null;
            sale_price: components["schemas"]["Money"] | null;
            state: components["schemas"]["ProductState"];
            /** Title */
            title: string;
        };
        /**
         * ProductState
         * @description How a product stands against the import before the last one.
         * @enum {string}
         */
        ProductState: "new" | "changed" | "same" | "gone";
        /**
         * ProfileChange
         * @description What an admin may change. A disabled profile's keys are not taken; its jobs go on.
         */
        ProfileChange: {
            /** @default null */
            brand: components["schemas"]["Brand"] | null;
            /**
             * Disabled
             * @default null
             */
            disabled: boolean | null;
            /** @default null */
            limits: components["schemas"]["Allowance"] | null;
            /**
             * Title
             * @default null
             */
            title: string | null;
            /**
             * Voices
             * @default null
             */
            voices: {
                [key: string]: components["schemas"]["Voice"];
            } | null;
        };
        /**
         * ProfileResource
         * @description A profile: whatever is made with its keys is its own, and nobody else's exists for it.
         */
        ProfileResource: {
            brand: components["schemas"]["Brand"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Disabled At */
            disabled_at: string | null;
            /** Id */
            id: string;
            limits: components["schemas"]["Allowance"];
            /** Title */
            title: string;
            /** Voices */
            voices: {
                [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * ProjectResource
         * @description A project: how many jobs it has had, and the one that is under way, if any.
         */
        ProjectResource: {
            /** Active Job */
            active_job: string | null;
            /** Jobs */
            jobs: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /**
             * Last Job
             * Format: uuid
             */
            last_job: string;
            /** Project */
            project: string;
        };
        /**
         * Refusal
         * @description A video that was left as it is, and why.
         */
        Refusal: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * Replayed
         * @description What became of several letters. ``next_cursor`` asks for what follows; null at the end.
         */
        Replayed: {
            /** Next Cursor */
            next_cursor: string | null;
            /** Replayed */
            replayed: string[];
            /** Skipped */
            skipped: components["schemas"]["Skipped"][];
        };
        /**
         * ReplaySome
         * @description Which letters to replay; with none of it, the newest ones that were not.
         */
        ReplaySome: {
            /**
             * Cursor
             * @default null
             */
            cursor: string | null;
            /**
             * Inbox
             * @default null
             */
            inbox: string | null;
            /**
             * Limit
             * @default 20
             */
            limit: number;
            /**
             * Reason
             * @default null
             */
            reason: ("unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost") | null;
        };
        /**
         * ReviewResource
         * @description All that was made of a video so far. ``review`` is what it waits for: the script, the voice or the plan; null if
         *     it does not wait. ``version`` is also the ETag: with If-Match, nobody's changes in between are lost.
         */
        ReviewResource: {
            /**
             * Job
             * Format: uuid
             */
            job: string;
            /** Number */
            number: number;
            plan: components["schemas"]["PlanMade"] | null;
            /** Review */
            review: ("script" | "voice" | "plan") | null;
            /** Run */
            run: number;
            script: components["schemas"]["ScriptMade"] | null;
            state: components["schemas"]["State"];
            /** Version */
            version: string;
            /**
             * Video
             * Format: uuid
             */
            video: string;
            voice: components["schemas"]["VoiceMade"] | null;
        };
        /**
         * RowAsked
         * @description A row by itself: ``values`` fill the template's merge fields, ``overrides`` is a JSON merge patch (RFC 7396) on
         *     its brief. Without a ``key`` it goes by its number.
         */
        RowAsked: {
            /**
             * Key
             * @default null
             */
            key: string | null;
            /**
             * Label
             * @default
             */
            label: string;
            /** Overrides */
            overrides?: {
                [key: string]: unknown;
            };
            /** Values */
            values?: {
                [key: string]: string | number | boolean | null;
            };
        };
        /**
         * RowCounts
         * @description How many rows are in each state.
         */
        RowCounts: {
            /**
             * Cancelled
             * @default 0
             */
            cancelled: number;
            /**
             * Completed
             * @default 0
             */
            completed: number;
            /**
             * Failed
             * @default 0
             */
            failed: number;
            /**
             * Queued
             * @default 0
             */
            queued: number;
            /**
             * Refused
             * @default 0
             */
            refused: number;
            /**
             * Running
             * @default 0
             */
            running: number;
            /**
             * Waiting
             * @default 0
             */
            waiting: number;
            /**
             * Waiting For Review
             * @default 0
             */
            waiting_for_review: number;
        };
        /**
         * RowFaultShown
         * @description Why a row has no video. ``pointer`` is the place in its brief, if it is there.
         */
        RowFaultShown: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /**
             * Pointer
             * @default
             */
            pointer: string;
        };
        /**
         * RowPreview
         * @description What would be made of a row: its brief, or the reason why it makes none.
         */
        RowPreview: {
            /** Brief */
            brief: (components["schemas"]["ScriptBrief"] | components["schemas"]["FootageBrief"] | components["schemas"]["ProductBrief"]) | null;
            fault: components["schemas"]["RowFaultShown"] | null;
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Number */
            number: number;
        };
        /**
         * RowProblem
         * @description A row that makes no product: where it stands (``line`` counts from 1), and why. ``id`` is the product's, if it
         *     could be read.
         */
        RowProblem: {
            /** Column */
            column: string | null;
            /** Id */
            id: string | null;
            /** Line */
            line: number;
            /** Message */
            message: string;
        };
        /**
         * RowResource
         * @description One row. ``share`` is 0..1 over all steps of all its videos.
         */
        RowResource: {
            fault: components["schemas"]["RowFaultShown"] | null;
            /** Job */
            job: string | null;
            /** Job Url */
            job_url: string | null;
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Number */
            number: number;
            /** Share */
            share: number;
            state: components["schemas"]["RowState"];
            /** Videos */
            videos: string[];
        };
        /**
         * RowsAsked
         * @description Where the rows come from: products of a ``feed``, a ``table`` (an upload of the kind table), or ``given`` rows.
         *     Of a feed ``which`` are taken: those that changed since their last video was asked for, all, or those of some
         *     ``ids``.
         */
        RowsAsked: {
            /**
             * Feed
             * @default null
             */
            feed: string | null;
            /**
             * Given
             * @default null
             */
            given: components["schemas"]["RowAsked"][] | null;
            /**
             * Ids
             * @default []
             */
            ids: string[];
            /**
             * Table
             * @default null
             */
            table: string | null;
            /**
             * Which
             * @default all
             * @enum {string}
             */
            which: "changed" | "all" | "ids";
        };
        /**
         * RowState
         * @description Where a row stands.
         * @enum {string}
         */
        RowState: "waiting" | "refused" | "queued" | "running" | "waiting_for_review" | "completed" | "failed" | "cancelled";
        /**
         * Scores
         * @description How worth showing a segment is, in parts; each 0..1, more is better.
         */
        Scores: {
            /** Brightness */
            brightness: number;
            /** Contrast */
            contrast: number;
            /** Motion */
            motion: number;
            /** Sharpness */
            sharpness: number;
            /** Variance */
            variance: number;
        };
        /**
         * ScriptBrief
         * @description Script-first: a ready script, and footage to show while it is spoken.
         */
        ScriptBrief: {
            /**
             * @default {
             *       "intro": null,
             *       "logo": null,
             *       "outro": null
             *     }
             */
            branding: components["schemas"]["Branding"];
            /**
             * @default {
             *       "crf": null,
             *       "speed": null
             *     }
             */
            encoder: components["schemas"]["EncoderWish"];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            filters: components["schemas"]["Filters"];
            /** Footage */
            footage: string[];
            /**
             * Inserts
             * @description Images and clips shown over the footage
             * @default []
             */
            inserts: components["schemas"]["InsertChoice"][];
            /**
             * Kind
             * @default script
             * @constant
             */
            kind: "script";
            /**
             * Language
             * @default en
             */
            language: string;
            /** @default null */
            music: components["schemas"]["MusicChoice"] | null;
            /**
             * Presets
             * @default [
             *       "tiktok"
             *     ]
             */
            presets: components["schemas"]["PresetName"][];
            /**
             * Project
             * @description Of the jobs of one project at most one is under way; a second one gets 409
             * @default null
             */
            project: string | null;
            /**
             * Quality
             * @default final
             * @enum {string}
             */
            quality: "final" | "draft";
            /**
             * Review
             * @description Each video waits after these steps until it is approved
             * @default []
             */
            review: ("script" | "voice" | "plan")[];
            /** Script */
            script: string;
            /**
             * @default {
             *       "keep_s": 0.06,
             *       "over_s": 0.25,
             *       "shorten": true
             *     }
             */
            silence: components["schemas"]["SilenceRule"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            transition: components["schemas"]["TransitionStyle"];
            /**
             * Variants
             * @default 1
             */
            variants: number;
            /**
             * @default {
             *       "fallback": "none",
             *       "model": null,
             *       "name": null,
             *       "provider": "auto",
             *       "similarity": 0.75,
             *       "speed": 1,
             *       "stability": 0.5,
             *       "style": 0
             *     }
             */
            voice: components["schemas"]["VoiceChoice"];
        };
        /**
         * ScriptEdit
         * @description Other words, or another voice. ``script`` is cleaned and split into phrases; ``phrases`` are taken as they are
         *     split. What is left out stays.
         */
        ScriptEdit: {
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            hold: boolean;
            /**
             * Phrases
             * @default null
             */
            phrases: string[] | null;
            /**
             * Script
             * @default null
             */
            script: string | null;
            /** @default null */
            voice: components["schemas"]["VoiceChoice"] | null;
        };
        /**
         * ScriptMade
         * @description What is said, by the phrases that each get a picture.
         */
        ScriptMade: {
            /** Language */
            language: string;
            /** Phrases */
            phrases: components["schemas"]["Phrase"][];
            /** Text */
            text: string;
        };
        /**
         * Segment
         * @description A part of one scene that can be shown by itself. ``score`` is 0..1; ``phash`` a 64-bit perceptual hash as 16 hex
         *     digits: two pictures that look alike differ in few bits. ``unfit`` tells why it had better not be shown.
         */
        Segment: {
            /** End S */
            end_s: number;
            /**
             * Faces
             * @default 0
             */
            faces: number;
            /**
             * Focus
             * @default []
             */
            focus: components["schemas"]["Focus"][];
            /** Number */
            number: number;
            /** Phash */
            phash: string;
            /** Score */
            score: number;
            scores: components["schemas"]["Scores"];
            /** Start S */
            start_s: number;
            /**
             * Unfit
             * @default null
             */
            unfit: ("dark" | "still" | "blurred" | "duplicate") | null;
        };
        /**
         * ServiceSeen
         * @description How many processes of a service live, by version.
         */
        ServiceSeen: {
            /** Name */
            name: string;
            /** Running */
            running: number;
            /** Versions */
            versions: {
                [key: string]: number;
            };
        };
        /**
         * SessionProfile
         * @description Whoever is signed in. ``name``: the profile's title, or its id.
         */
        SessionProfile: {
            /** Admin */
            admin: boolean;
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * SessionResource
         * @description ``needs_key``: nothing can be done here before somebody signs in.
         */
        SessionResource: {
            /** Needs Key */
            needs_key: boolean;
            profile: components["schemas"]["SessionProfile"] | null;
            /** Signed In */
            signed_in: boolean;
        };
        /**
         * Several
         * @description Videos to do the same with.
         */
        Several: {
            /** Ids */
            ids: string[];
        };
        /**
         * Showcase
         * @description How a product video is laid out. While a card is shown the pictures have the part of the frame that the template
         *     leaves them.
         */
        Showcase: {
            /** Cards */
            cards: components["schemas"]["Card"][];
            /**
             * @default {
             *       "accent": "#FFD60A",
             *       "background": "#15181D",
             *       "font": "Poppins",
             *       "text": "#FFFFFF"
             *     }
             */
            look: components["schemas"]["CardLook"];
            /**
             * Template
             * @enum {string}
             */
            template: "spotlight" | "sale" | "collection";
        };
        /**
         * ShownProduct
         * @description A product and its pictures, the main one first: images, or clips. ``badge`` stands on the picture; without one
         *     it is the discount, if there is a lower ``sale_price``.
         */
        ShownProduct: {
            /**
             * Badge
             * @default
             */
            badge: string;
            /**
             * Brand
             * @default
             */
            brand: string;
            /**
             * Description
             * @default
             */
            description: string;
            /** Name */
            name: string;
            /**
             * Picture Urls
             * @description Images on the web, shown after the others: fetched as it is made
             * @default []
             */
            picture_urls: string[];
            /**
             * Pictures
             * @default []
             */
            pictures: string[];
            /** @default null */
            price: components["schemas"]["Price"] | null;
            /** @default null */
            sale_price: components["schemas"]["Price"] | null;
        };
        /**
         * SignIn
         * @description A key to sign in with.
         */
        SignIn: {
            /** Key */
            key: string;
        };
        /**
         * SilenceRule
         * @description Gaps in the voice longer than ``over_s`` are shortened, ``keep_s`` stays on each side. Seconds.
         */
        SilenceRule: {
            /**
             * Keep S
             * @default 0.06
             */
            keep_s: number;
            /**
             * Over S
             * @default 0.25
             */
            over_s: number;
            /**
             * Shorten
             * @default true
             */
            shorten: boolean;
        };
        /**
         * Skipped
         * @description A letter that was not replayed, and why.
         */
        Skipped: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Id */
            id: string;
        };
        /**
         * Sort
         * @description newest, oldest, name or longest first
         * @default newest
         * @enum {string}
         */
        Sort: "newest" | "oldest" | "name" | "longest";
        /**
         * SoundWish
         * @description What becomes of the footage's own sound: kept, or left out. Under a voice-over it is turned down (``duck``) or
         *     left out where the voice speaks (``mute``). ``gain_db`` is its level.
         */
        SoundWish: {
            /**
             * Gain Db
             * @default 0
             */
            gain_db: number;
            /**
             * Original
             * @default true
             */
            original: boolean;
            /**
             * Under Voice
             * @default duck
             * @enum {string}
             */
            under_voice: "duck" | "mute";
        };
        /**
         * SrtCue
         * @description One subtitle. ``index`` is its place in the file from 1; times in seconds; ``lines`` are its text, top down.
         */
        SrtCue: {
            /** End S */
            end_s: number;
            /** Index */
            index: number;
            /** Lines */
            lines: string[];
            /** Start S */
            start_s: number;
        };
        /**
         * State
         * @description Where a job or a video stands.
         * @enum {string}
         */
        State: "queued" | "running" | "waiting_for_review" | "completed" | "failed" | "cancelled";
        /**
         * StepName
         * @description The stations, in the order of the line; each is a service of the same name. The last one looks at what the line
         *     has finished, and no video waits for it.
         * @enum {string}
         */
        StepName: "script" | "tts" | "footage" | "render" | "storage" | "quality";
        /**
         * StepState
         * @description Where one step of a video stands.
         * @enum {string}
         */
        StepState: "waiting" | "running" | "done" | "failed" | "cancelled";
        /**
         * StepView
         * @description One step as a user sees it. ``share`` is 0..1; ``eta_s`` seconds to its end, if known. ``began_at``: when it was
         *     taken up. ``queue_place``: how many waiting steps of the same station, whosever they are, are likely to come before
         *     it, plus one; null if it does not wait in a queue.
         */
        StepView: {
            /**
             * Began At
             * @default null
             */
            began_at: string | null;
            /**
             * Eta S
             * @default null
             */
            eta_s: number | null;
            /** @default null */
            fault: components["schemas"]["FaultReport"] | null;
            /**
             * Finished At
             * @default null
             */
            finished_at: string | null;
            /**
             * Queue Place
             * @default null
             */
            queue_place: number | null;
            /**
             * Reused
             * @default false
             */
            reused: boolean;
            /**
             * Share
             * @default 0
             */
            share: number;
            /**
             * Started At
             * @default null
             */
            started_at: string | null;
            state: components["schemas"]["StepState"];
            step: components["schemas"]["StepName"];
        };
        /**
         * Stretch
         * @description A part of a source, from ``start_s`` until ``end_s`` (exclusive).
         */
        Stretch: {
            /** End S */
            end_s: number;
            /** Start S */
            start_s: number;
        };
        /**
         * StuckJob
         * @description A job or an upload that has not moved for long, and why.
         */
        StuckJob: {
            /** Inbox */
            inbox: string;
            /**
             * Job
             * Format: uuid
             */
            job: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Why */
            why: string;
        };
        /**
         * StyleEdit
         * @description Other subtitles or another level of the music. Fields of the subtitles that are not named stay as they are.
         */
        StyleEdit: {
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            hold: boolean;
            /** @default null */
            music: components["schemas"]["MusicLevel"] | null;
            /** @default null */
            subtitles: components["schemas"]["SubtitleStyle"] | null;
        };
        /**
         * SubtitlePreview
         * @description Some words, how they look, and where: over a clip or an image of the user's, or over an empty scene.
         */
        SubtitlePreview: {
            /**
             * Asset
             * @description A clip or an image to show behind the words
             * @default null
             */
            asset: string | null;
            /**
             * At
             * @description How much of the words has been spoken
             * @default 0.5
             */
            at: number;
            /**
             * @description Where the video is going to be posted
             * @default tiktok
             */
            preset: components["schemas"]["PresetName"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            style: components["schemas"]["SubtitleStyle"];
            /** Text */
            text: string;
        };
        /**
         * SubtitlesResource
         * @description Subtitles as they were understood. ``duration_s`` is the end of the last one.
         */
        SubtitlesResource: {
            /** Cues */
            cues: components["schemas"]["SrtCue"][];
            /** Duration S */
            duration_s: number;
        };
        /**
         * SubtitleStyle
         * @description How the words look. Sizes in pixels of a picture 1080 wide (or 1080 high if it lies).
         */
        SubtitleStyle: {
            /**
             * Box Colour
             * @default #000000
             */
            box_colour: string;
            /**
             * Box Opacity
             * @description Of the box in boxed; 0: not seen, 1: solid
             * @default 0.7
             */
            box_opacity: number;
            /**
             * Box Padding
             * @description From the words to the box's sides
             * @default 20
             */
            box_padding: number;
            /**
             * Box Radius
             * @description Of the box's corners; 0: not round
             * @default 18
             */
            box_radius: number;
            /**
             * Colour
             * @default #FFFFFF
             */
            colour: string;
            /**
             * Font
             * @default Lato
             * @enum {string}
             */
            font: "Alegreya Sans" | "Anton" | "Archivo Black" | "Barlow" | "Bebas Neue" | "DM Serif Display" | "Fira Sans" | "Kanit" | "Lato" | "Poppins";
            /**
             * Glow
             * @default 0
             */
            glow: number;
            /**
             * Glow Colour
             * @description null: the highlight's in the preset glow, else the outline's
             * @default null
             */
            glow_colour: string | null;
            /**
             * Highlight
             * @default #FFD60A
             */
            highlight: string;
            /**
             * Outline
             * @default 3
             */
            outline: number;
            /**
             * Outline Colour
             * @default #000000
             */
            outline_colour: string;
            /**
             * Pop Strength
             * @description By what share the spoken word grows in pop
             * @default 0.2
             */
            pop_strength: number;
            /**
             * Preset
             * @description karaoke: the highlight runs through the words; pop: the spoken word grows; boxed: on a box; glow: the spoken word shines; clean: nothing moves; none: no subtitles
             * @default karaoke
             * @enum {string}
             */
            preset: "karaoke" | "clean" | "none" | "pop" | "boxed" | "glow";
            /**
             * Shadow
             * @default 0
             */
            shadow: number;
            /**
             * Size
             * @default 48
             */
            size: number;
            /**
             * Y
             * @description Where the last line stands, from the top, as a share of the height
             * @default 0.85
             */
            y: number;
        };
        /**
         * Timeline
         * @description The edit of one variant. Clips lie end to end and cover every frame; ``transition`` lies around each cut, as far
         *     as the clips have pictures for it, and moves none. ``inserts`` lie above them, in order, one at a time.
         */
        Timeline: {
            /** Clips */
            clips: components["schemas"]["Clip"][];
            /** Cues */
            cues: components["schemas"]["Cue"][];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            filters: components["schemas"]["Filters"];
            /**
             * Fps
             * @default 30
             */
            fps: number;
            /** Frames */
            frames: number;
            /**
             * Inserts
             * @default []
             */
            inserts: components["schemas"]["Insert"][];
            /** @default null */
            logo: components["schemas"]["Logo"] | null;
            /** @default null */
            music: components["schemas"]["MusicTrack"] | null;
            /** @default null */
            original: components["schemas"]["OriginalSound"] | null;
            /** @default null */
            showcase: components["schemas"]["Showcase"] | null;
            subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            transition: components["schemas"]["TransitionStyle"];
            /**
             * Version
             * @default 1
             * @constant
             */
            version: 1;
            /** @default null */
            voice: components["schemas"]["VoiceTrack"] | null;
        };
        /**
         * Transform
         * @description How a picture is laid into the frame, applied in this order: flipped, rotated (degrees clockwise), scaled beyond
         *     what fills the frame, moved (shares of what lies outside the frame, -1..1), made see-through over black.
         */
        Transform: {
            /**
             * Flip X
             * @default false
             */
            flip_x: boolean;
            /**
             * Flip Y
             * @default false
             */
            flip_y: boolean;
            /**
             * Opacity
             * @default 1
             */
            opacity: number;
            /**
             * Pan X
             * @default 0
             */
            pan_x: number;
            /**
             * Pan Y
             * @default 0
             */
            pan_y: number;
            /**
             * Rotate
             * @default 0
             * @enum {integer}
             */
            rotate: 0 | 90 | 180 | 270;
            /**
             * Scale
             * @default 1
             */
            scale: number;
        };
        /**
         * TransitionStyle
         * @description How one clip becomes the next. It lies around the cut, as near to its middle as the footage allows. Seconds.
         */
        TransitionStyle: {
            /**
             * Duration S
             * @default 0.5
             */
            duration_s: number;
            /**
             * Kind
             * @default cut
             * @enum {string}
             */
            kind: "cut" | "crossfade" | "zoom";
        };
        /**
         * Try
         * @description One try that came to nothing: when it ended, in which process, and why.
         */
        Try: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Worker */
            worker: string;
        };
        /**
         * UploadDetails
         * @description What the part ``details`` of a form may say of its file, as a JSON object. Not said: as in the query.
         */
        UploadDetails: {
            /**
             * @description What the file is for
             * @default null
             */
            kind: components["schemas"]["AssetKind"] | null;
            /**
             * Name
             * @description The file's name, to show, instead of its own
             * @default null
             */
            name: string | null;
        };
        /**
         * UploadResource
         * @description An upload in parts: ``offset`` of ``length`` bytes are there. ``checking``: all are, and they are looked at.
         */
        UploadResource: {
            asset: components["schemas"]["AssetResource"] | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            fault: components["schemas"]["FaultReport"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["AssetKind"];
            /** Length */
            length: number;
            /** Name */
            name: string;
            /** Offset */
            offset: number;
            /**
             * State
             * @enum {string}
             */
            state: "receiving" | "checking" | "done" | "refused";
            /** Url */
            url: string;
        };
        /**
         * Verdict
         * @description How an inbox does.
         * @enum {string}
         */
        Verdict: "ok" | "busy" | "stuck" | "no_worker";
        /**
         * VideoCard
         * @description A video as the library shows it. ``duration_s`` is that of its files, or of its plan as soon as there is one.
         */
        VideoCard: {
            /** @default null */
            check: components["schemas"]["CheckView"] | null;
            /** Created At */
            created_at: string | null;
            /** Deleted At */
            deleted_at: string | null;
            /** Duration S */
            duration_s: number | null;
            /** Files */
            files: components["schemas"]["FileResource"][];
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Job
             * Format: uuid
             */
            job: string;
            /** Kind */
            kind: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /** Presets */
            presets: components["schemas"]["PresetName"][];
            /** Project */
            project: string | null;
            /**
             * Publishable
             * @default false
             */
            publishable: boolean;
            /**
             * Quality
             * @enum {string}
             */
            quality: "final" | "draft";
            /** Review */
            review: ("script" | "voice" | "plan") | null;
            /** Share */
            share: number;
            state: components["schemas"]["State"];
            /** Thumbnail Url */
            thumbnail_url: string | null;
        };
        /**
         * VideoResource
         * @description One variant of a job. ``review`` is what it waits for, null if it does not. While something of it is made anew
         *     ``files`` are those of an earlier run, ``files_run``. ``eta_s``: seconds until it is finished, as far as anybody can
         *     tell; null if nobody can, or nothing is under way. ``deleted_at``: put into the trash. ``check``: what the quality
         *     gate says of ``files``, null without any; only what is ``publishable`` should go out.
         */
        VideoResource: {
            /** @default null */
            check: components["schemas"]["CheckView"] | null;
            /** Deleted At */
            deleted_at: string | null;
            /**
             * Eta S
             * @default null
             */
            eta_s: number | null;
            fault: components["schemas"]["FaultReport"] | null;
            /** Files */
            files: components["schemas"]["FileResource"][];
            /** Files Run */
            files_run: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Job
             * Format: uuid
             */
            job: string;
            /** Match Report Url */
            match_report_url: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /**
             * Publishable
             * @default false
             */
            publishable: boolean;
            /** Review */
            review: ("script" | "voice" | "plan") | null;
            /** Review Url */
            review_url: string;
            /** Run */
            run: number;
            /** Share */
            share: number;
            state: components["schemas"]["State"];
            /** Steps */
            steps: components["schemas"]["StepView"][];
            /** Thumbnail Url */
            thumbnail_url: string | null;
            /** Timeline Url */
            timeline_url: string;
        };
        /**
         * Voice
         * @description A voice and how fast it speaks. ``auto`` takes the best offline voice for the language.
         *
         *
         *     ``name`` is a voice of this machine, or with ``elevenlabs`` the id of one of its voices. What follows ``speed`` is
         *     for ElevenLabs alone; the defaults are that service's own. ``fallback`` tells who speaks if it can't.
         */
        Voice: {
            /**
             * Fallback
             * @default none
             * @enum {string}
             */
            fallback: "none" | "offline";
            /**
             * Model
             * @default null
             */
            model: string | null;
            /**
             * Name
             * @default null
             */
            name: string | null;
            /**
             * Provider
             * @default auto
             * @enum {string}
             */
            provider: "auto" | "piper" | "espeak" | "elevenlabs";
            /**
             * Similarity
             * @default 0.75
             */
            similarity: number;
            /**
             * Speed
             * @default 1
             */
            speed: number;
            /**
             * Stability
             * @default 0.5
             */
            stability: number;
            /**
             * Style
             * @default 0
             */
            style: number;
        };
        /**
         * VoiceChoice
         * @description Who speaks: a voice, or by ``saved`` one that the user's profile keeps under a name of its own.
         *
         *     ``saved`` never travels: the gateway puts the voice itself in its place, so that what is asked is what is spoken.
         */
        VoiceChoice: {
            /**
             * Fallback
             * @default none
             * @enum {string}
             */
            fallback: "none" | "offline";
            /**
             * Model
             * @default null
             */
            model: string | null;
            /**
             * Name
             * @default null
             */
            name: string | null;
            /**
             * Provider
             * @default auto
             * @enum {string}
             */
            provider: "auto" | "piper" | "espeak" | "elevenlabs";
            /**
             * Saved
             * @default null
             */
            saved: string | null;
            /**
             * Similarity
             * @default 0.75
             */
            similarity: number;
            /**
             * Speed
             * @default 1
             */
            speed: number;
            /**
             * Stability
             * @default 0.5
             */
            stability: number;
            /**
             * Style
             * @default 0
             */
            style: number;
        };
        /**
         * VoiceList
         * @description All voices, the better ones of a language first. ``default`` speaks English if a brief names nobody.
         */
        VoiceList: {
            /** Default */
            default: string | null;
            /** Items */
            items: components["schemas"]["VoiceResource"][];
        };
        /**
         * VoiceMade
         * @description How it is spoken: the sound to listen to (WAV), and the time of each word in seconds.
         */
        VoiceMade: {
            asked: components["schemas"]["VoiceChoice"];
            /** Duration S */
            duration_s: number;
            /** Provider */
            provider: string;
            /** Url */
            url: string;
            /** Voice Name */
            voice_name: string;
            /** Words */
            words: components["schemas"]["Word"][];
        };
        /**
         * VoiceResource
         * @description A voice. A brief asks for it by ``voice: {provider, name: id}``. ``reason`` says why it can't speak now.
         */
        VoiceResource: {
            /** Available */
            available: boolean;
            /** Id */
            id: string;
            /** Language */
            language: string;
            /** Languages */
            languages: string[];
            /** Name */
            name: string;
            /** Paid */
            paid: boolean;
            /** Provider */
            provider: string;
            /**
             * Quality
             * @enum {string}
             */
            quality: "neural" | "robotic" | "studio";
            /** Reason */
            reason: string | null;
            /** Sample Url */
            sample_url: string | null;
        };
        /**
         * VoiceTrack
         * @description The voice-over. ``start_s``: how long nobody speaks yet, because there is an intro.
         */
        VoiceTrack: {
            /** Duration S */
            duration_s: number;
            source: components["schemas"]["BlobRef"];
            /**
             * Start S
             * @default 0
             */
            start_s: number;
        };
        /**
         * WebhookAsked
         * @description A new endpoint: where, and of what it is to be told (of everything, if not said).
         */
        WebhookAsked: {
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * Types
             * @default [
             *       "job.completed",
             *       "job.failed",
             *       "job.cancelled",
             *       "video.stored",
             *       "video.waiting_for_review",
             *       "video.failed",
             *       "video.publishable",
             *       "video.quality_failed",
             *       "batch.completed"
             *     ]
             */
            types: components["schemas"]["WebhookType"][];
            /** Url */
            url: string;
        };
        /**
         * WebhookChange
         * @description What is to be different; what is not named stays.
         */
        WebhookChange: {
            /**
             * Description
             * @default null
             */
            description: string | null;
            /**
             * Enabled
             * @default null
             */
            enabled: boolean | null;
            /**
             * Types
             * @default null
             */
            types: components["schemas"]["WebhookType"][] | null;
            /**
             * Url
             * @default null
             */
            url: string | null;
        };
        /**
         * WebhookList
         * @description All endpoints, the newest first.
         */
        WebhookList: {
            /** Items */
            items: components["schemas"]["WebhookResource"][];
        };
        /**
         * WebhookResource
         * @description An endpoint. ``disabled_reason`` says why the system disabled it, if it was not its owner.
         */
        WebhookResource: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Deliveries Url */
            deliveries_url: string;
            /** Description */
            description: string;
            /** Disabled Reason */
            disabled_reason: string;
            /** Enabled */
            enabled: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Types */
            types: string[];
            /** Url */
            url: string;
        };
        /**
         * WebhookType
         * @description What an endpoint can be told of.
         * @enum {string}
         */
        WebhookType: "job.completed" | "job.failed" | "job.cancelled" | "video.stored" | "video.waiting_for_review" | "video.failed" | "video.publishable" | "video.quality_failed" | "batch.completed";
        /**
         * WebhookWithSecret
         * @description An endpoint with its new signing secret, which is shown this once.
         */
        WebhookWithSecret: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Deliveries Url */
            deliveries_url: string;
            /** Description */
            description: string;
            /** Disabled Reason */
            disabled_reason: string;
            /** Enabled */
            enabled: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Secret */
            secret: string;
            /** Types */
            types: string[];
            /** Url */
            url: string;
        };
        /**
         * Word
         * @description A word as it is typed in the subtitles, and when it is heard.
         */
        Word: {
            /** End S */
            end_s: number;
            /** Phrase */
            phrase: number;
            /** Start S */
            start_s: number;
            /** Text */
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    HealthLiveLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    HealthPipelinePipelineHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineHealth"];
                };
            };
        };
    };
    HealthReadyReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    V1AssetsListAssets: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Only favourites; or, with false, only others */
                favourite?: boolean | null;
                /** @description Only uploads with this keyword */
                keyword?: string | null;
                kind?: components["schemas"]["AssetKind"] | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AssetResource_"];
                };
            };
        };
    };
    V1AssetsUploadAsset: {
        parameters: {
            query?: {
                /** @description What an upload is for. The kind decides which contents are accepted. */
                kind?: components["schemas"]["AssetKind"];
                /** @description The file's name, to show */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The bytes of the file, or a form with it and, best before it, its details. Its type is told by its content. */
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    details?: components["schemas"]["UploadDetails"];
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description The same bytes were there before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResource"];
                };
            };
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    V1AssetsReadAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    V1AssetsAnalysisReadAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisResource"];
                };
            };
        };
    };
    V1AssetsFileDownloadAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                    "audio/flac": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/ogg": string;
                    "audio/wav": string;
                    "audio/webm": string;
                    "audio/x-matroska": string;
                    "image/gif": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                    "text/csv": string;
                    "video/mp2t": string;
                    "video/mp4": string;
                    "video/ogg": string;
                    "video/quicktime": string;
                    "video/webm": string;
                    "video/x-matroska": string;
                    "video/x-msvideo": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                    "audio/flac": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/ogg": string;
                    "audio/wav": string;
                    "audio/webm": string;
                    "audio/x-matroska": string;
                    "image/gif": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                    "text/csv": string;
                    "video/mp2t": string;
                    "video/mp4": string;
                    "video/ogg": string;
                    "video/quicktime": string;
                    "video/webm": string;
                    "video/x-matroska": string;
                    "video/x-msvideo": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1AssetsMediaPartGetAssetMedia: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                asset: string;
                part: "filmstrip" | "waveform" | "proxy";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                    "video/mp4": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                    "video/mp4": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1AssetsMediaPartHeadAssetMedia: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                asset: string;
                part: "filmstrip" | "waveform" | "proxy";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                    "video/mp4": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1AssetsNotesReadNotes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes"];
                };
            };
        };
    };
    V1AssetsNotesWriteNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the notes that were read */
                "If-Match"?: string | null;
            };
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Notes"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes"];
                };
            };
        };
    };
    V1AssetsThumbnailAssetThumbnail: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1AssetsFetchFetchAsset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Fetch"];
            };
        };
        responses: {
            /** @description The same bytes were there before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResource"];
                };
            };
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    V1AsyncapiJsonAsyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    V1BatchesListBatches: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_BatchResource_"];
                };
            };
        };
    };
    V1BatchesCreateBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same brief: same job */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchAsked"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesReadBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesCancelCancelBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesPausePauseBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesReportCsvBatchReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
        };
    };
    V1BatchesResultsZipBatchResults: {
        parameters: {
            query?: {
                /** @description Only files of this preset */
                preset?: components["schemas"]["PresetName"] | null;
            };
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
        };
    };
    V1BatchesResumeResumeBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesRetryRetryBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResource"];
                };
            };
        };
    };
    V1BatchesRowsListRows: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
                /** @description Words of the name, or parts of words */
                q?: string;
                /** @description Only rows in this state */
                state?: components["schemas"]["RowState"] | null;
            };
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RowResource_"];
                };
            };
        };
    };
    V1BatchesPreviewPreviewBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewAsked"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchPreview"];
                };
            };
        };
    };
    V1DeadLettersListLetters: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Only of this inbox */
                inbox?: string | null;
                /** @description Items a page */
                limit?: number;
                /** @description Only those put aside for this reason */
                reason?: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost" | null;
                /** @description Only those that were, or were not */
                replayed?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LetterResource_"];
                };
            };
        };
    };
    V1DeadLettersReadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                letter: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterDetail"];
                };
            };
        };
    };
    V1DeadLettersReplayReplayLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                letter: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterResource"];
                };
            };
        };
    };
    V1DeadLettersReplayReplayLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaySome"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    V1EventsAllEvents: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        data?: string;
                        /** @description What happened, such as video.rendered, progress or job.completed */
                        event?: string;
                        /** @description Its place; as Last-Event-ID it asks for what follows */
                        id?: string;
                        retry?: number;
                    };
                };
            };
        };
    };
    V1FeedsListFeeds: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_FeedResource_"];
                };
            };
        };
    };
    V1FeedsCreateFeed: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same body: no second */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedAsked"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedResource"];
                };
            };
        };
    };
    V1FeedsReadFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedResource"];
                };
            };
        };
    };
    V1FeedsRemoveFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1FeedsChangeFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedResource"];
                };
            };
        };
    };
    V1FeedsImportsListImports: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ImportResource_"];
                };
            };
        };
    };
    V1FeedsImportsStartImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same body: no second */
                "Idempotency-Key"?: string | null;
            };
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportAsked"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResource"];
                };
            };
        };
    };
    V1FeedsImportsFeedImportReadImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feed: string;
                feed_import: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResource"];
                };
            };
        };
    };
    V1FeedsImportsFeedImportProblemsListProblems: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path: {
                feed: string;
                feed_import: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RowProblem_"];
                };
            };
        };
    };
    V1FeedsPictureProductPicture: {
        parameters: {
            query: {
                /** @description The product's id in its feed */
                product: string;
                /** @description Part of the address where it may change */
                v?: string | null;
            };
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    V1FeedsProductsListProducts: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
                /** @description Words of the name, or parts of words */
                q?: string;
                /** @description Only products that stand so */
                state?: components["schemas"]["ProductState"] | null;
            };
            header?: never;
            path: {
                feed: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProductResource_"];
                };
            };
        };
    };
    V1JobsListJobs: {
        parameters: {
            query?: {
                /** @description Only jobs of this batch; `none`: only those of no batch */
                batch?: string | null;
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
                /** @description Words of the name, or parts of words */
                q?: string;
                /** @description Only jobs in this state */
                state?: components["schemas"]["State"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_JobResource_"];
                };
            };
        };
    };
    V1JobsSubmitJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same brief: same job */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnyBrief"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    V1JobsReadJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    V1JobsCancelCancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    V1JobsEventsJobEvents: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string | null;
            };
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        data?: string;
                        /** @description What happened, such as video.rendered, progress or job.completed */
                        event?: string;
                        /** @description Its place; as Last-Event-ID it asks for what follows */
                        id?: string;
                        retry?: number;
                    };
                };
            };
        };
    };
    V1JobsRetryRetryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    V1OptionsReadOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptionsResource"];
                };
            };
        };
    };
    V1ProfileReadOwnProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerResource"];
                };
            };
        };
    };
    V1ProfileChangeOwnProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    V1ProfileKeyRevokeRevokeOwnKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResource"];
                };
            };
        };
    };
    V1ProfileKeysListOwnKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_KeyResource_"];
                };
            };
        };
    };
    V1ProfilesListProfiles: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProfileResource_"];
                };
            };
        };
    };
    V1ProfilesCreateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProfile"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    V1ProfilesReadProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    V1ProfilesChangeProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    V1ProfilesKeysListKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_KeyResource_"];
                };
            };
        };
    };
    V1ProfilesKeysCreateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
        };
    };
    V1ProfilesKeysRevokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                profile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyResource"];
                };
            };
        };
    };
    V1ProjectsListProjects: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProjectResource_"];
                };
            };
        };
    };
    V1SessionReadSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResource"];
                };
            };
        };
    };
    V1SessionSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResource"];
                };
            };
        };
    };
    V1SessionSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1SubtitlesReadSubtitles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description An SRT file of at most 1 MiB in UTF-8, UTF-16 with a byte order mark, or Windows-1252. */
        requestBody: {
            content: {
                "application/x-subrip": string;
                "text/plain": string;
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubtitlesResource"];
                };
            };
        };
    };
    V1SubtitlesPreviewPreviewSubtitles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubtitlePreview"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    V1UploadsListUploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_UploadResource_"];
                };
            };
        };
    };
    V1UploadsBeginUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1.0.0 */
                "Tus-Resumable"?: string | null;
                /** @description Not taken here */
                "Upload-Defer-Length"?: string | null;
                /** @description Bytes of the whole file */
                "Upload-Length"?: string | null;
                /** @description filename and kind, their values in Base64 */
                "Upload-Metadata"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1UploadsReadUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadResource"];
                };
            };
        };
    };
    V1UploadsEndUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1.0.0 */
                "Tus-Resumable"?: string | null;
            };
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1UploadsUploadOffset: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1.0.0 */
                "Tus-Resumable"?: string | null;
            };
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1UploadsAppendToUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1.0.0 */
                "Tus-Resumable"?: string | null;
                /** @description Bytes that are there already */
                "Upload-Offset"?: string | null;
            };
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1VideosListVideos: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description What is in the trash instead of the rest */
                deleted?: boolean;
                /** @description Of which way in */
                kind?: string | null;
                /** @description Items a page */
                limit?: number;
                /** @description Only videos with a file of it */
                preset?: components["schemas"]["PresetName"] | null;
                /** @description Only videos of this project */
                project?: string | null;
                /** @description Words of the name, or parts of words */
                q?: string;
                /** @description newest, oldest, name or longest first */
                sort?: components["schemas"]["Sort"];
                /** @description Only videos in this state */
                state?: components["schemas"]["State"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_VideoCard_"];
                };
            };
        };
    };
    V1VideosReadVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    V1VideosDeleteVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    V1VideosRenameVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Naming"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    V1VideosApproveApprove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same request: done once */
                "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                "If-Match"?: string | null;
            };
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    V1VideosFilesPresetGetDownloadFile: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                /** @description Where a video is going to be posted. */
                preset: components["schemas"]["PresetName"];
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1VideosFilesPresetHeadDownloadFile: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                /** @description Where a video is going to be posted. */
                preset: components["schemas"]["PresetName"];
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1VideosMatchReportReadMatchReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchReport"];
                };
            };
        };
    };
    V1VideosMatchesPhraseEditMatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same request: done once */
                "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                "If-Match"?: string | null;
            };
            path: {
                phrase: number;
                video: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MatchEdit"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    V1VideosRestoreRestoreVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    V1VideosReviewReadReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewResource"];
                };
            };
        };
    };
    V1VideosScriptEditScript: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same request: done once */
                "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                "If-Match"?: string | null;
            };
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptEdit"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    V1VideosStyleEditStyle: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same request: done once */
                "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                "If-Match"?: string | null;
            };
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StyleEdit"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    V1VideosSubtitlesAssExportAss: {
        parameters: {
            query?: {
                preset?: components["schemas"]["PresetName"] | null;
            };
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/x-ssa": string;
                };
            };
        };
    };
    V1VideosSubtitlesSrtExportSrt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-subrip": string;
                };
            };
        };
    };
    V1VideosSubtitlesVttExportVtt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/vtt": string;
                };
            };
        };
    };
    V1VideosThumbnailVideoThumbnail: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1VideosTimelineReadTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
        };
    };
    V1VideosTimelineOtioExportOtio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    V1VideosVoiceWavReadVoice: {
        parameters: {
            query?: {
                /** @description Hash of the file */
                v?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                video: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1VideosDeleteDeleteVideos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Several"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    V1VideosRestoreRestoreVideos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Several"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    V1VoicesListVoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceList"];
                };
            };
        };
    };
    V1VoicesSampleMp3VoiceSample: {
        parameters: {
            query?: {
                /** @description One of its languages; null: its own */
                language?: string | null;
            };
            header?: {
                /** @description ETags of what is there already */
                "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                Range?: string;
            };
            path: {
                voice: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                };
            };
            /** @description A part of the file */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                };
            };
            /** @description Not changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1WebhooksListWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
        };
    };
    V1WebhooksCreateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookAsked"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
        };
    };
    V1WebhooksReadWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResource"];
                };
            };
        };
    };
    V1WebhooksRemoveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1WebhooksChangeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResource"];
                };
            };
        };
    };
    V1WebhooksDeliveriesListDeliveries: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string | null;
                /** @description Items a page */
                limit?: number;
            };
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DeliveryResource_"];
                };
            };
        };
    };
    V1WebhooksDeliveriesDeliveryRedeliverRedeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResource"];
                };
            };
        };
    };
    V1WebhooksRotateRotateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
        };
    };
    V1WebhooksTestTestWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResource"];
                };
            };
        };
    };
}
