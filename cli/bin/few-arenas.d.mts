export declare const fewArenas: Readonly<Record<string, string>>
